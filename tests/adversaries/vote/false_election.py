"""Attack 6, an election that never happened: the node answers from a chain of its own making.

The same town was founded there, whose contracts have the same addresses, and the node acts for every office, trustee
and voter without a key of any: it takes its own word for who sends. Contracts, proofs, roll and sums are right; that
nobody signed a thing shows only to who looks for a signature: on that chain every account is a smart one that says yes.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from eth_account.messages import SignableMessage

from beffroi.ballots import ceremony
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.tally import decryption_share
from beffroi.ballots.transcript import to_address
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.ballots.trustee_slips import Message
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.pending import TIMEOUT_S, until
from beffroi.chain.rpc import Rpc
from beffroi.consultation import casting, counting, trustee_steps
from beffroi.consultation.opening import Calendar, opening
from beffroi.consultation.polls import Polls
from beffroi.roll import Roll
from testbed.anvil import anvil
from testbed.polls import HOUR_S, SUBJECT, Hall, Trustee, Vote, hall_of
from testbed.town import Foundation, fund
from tests.adversaries.vote.lies import answers_from
from tests.adversaries.vote.station import Loot, Station

WANTED = 1
"""What the attacker has everybody vote."""


def attack(station: Station, foundation: Foundation, roll: Roll) -> Loot | None:
    """An auditor with the town's true roll asks the node about an election of which the town knows nothing."""
    with feigned(foundation, roll) as (url, vote), station.node(answers_from(url)) as node:
        verdict = station.audit(vote, node)
    return Loot(verdict=verdict) if "\nCONFIRMED" in verdict else None


@contextlib.contextmanager
def feigned(foundation: Foundation, roll: Roll, keys: Sequence[Key] = ()) -> Iterator[tuple[str, Vote]]:
    """A chain on which all on a roll have voted and the result is fixed, and the vote: signed, where all have keys."""
    with anvil() as url:
        puppets = _puppets(foundation, Rpc(url))
        vote = _vote(puppets, roll, keys)
        _count(puppets, vote)
        yield url, vote


YES_MAN = "0x631626ba7e60e01b60005260206000f3"
"""Code that says yes to whatever its account is said to have signed (ERC-1271)."""


@dataclass(frozen=True)
class Puppet:
    """Somebody whose key the attacker lacks: nothing of hers can be signed, only vouched for by code of his."""

    address: str

    def sign_message(self, _: SignableMessage) -> SimpleNamespace:
        return SimpleNamespace(signature=b"nobody's")


@dataclass(frozen=True)
class PuppetPolls(Polls):
    """The contracts, by a node that lets anybody act who is named."""

    def act(self, who: Any, contract: Contract, function: str, *args: Any, purpose: str) -> dict[str, Any]:
        if isinstance(who, Key):
            return super().act(who, contract, function, *args, purpose=purpose)
        return self.sends(who.address, contract.address, contract.encode(function, *args))

    def sends(self, who: str, to: str, data: bytes) -> dict[str, Any]:
        call = {"from": who, "to": to, "data": "0x" + data.hex(), "gas": hex(15_000_000)}
        sent = self.rpc.call("eth_sendTransaction", call)
        receipt = until(lambda: self.rpc.call("eth_getTransactionReceipt", sent), f"{sent} is in no block", TIMEOUT_S)
        assert receipt["status"] == "0x1"
        return receipt


def _puppets(foundation: Foundation, rpc: Rpc) -> Hall:
    """The town hall, where all have the attacker's secrets and none a key."""
    hall = hall_of(foundation.on(rpc))
    rpc.call("anvil_autoImpersonateAccount", True)
    trustees = [Trustee(it.index, Puppet(it.account.address), TrusteeSecret.generate()) for it in hall.trustees]
    for trustee in trustees:
        rpc.call("anvil_setCode", trustee.account.address, YES_MAN)
    polls = PuppetPolls.at(rpc, hall.polls.consultations.address, hall.polls.first)
    return replace(
        hall, polls=polls, officer=Puppet(hall.officer.address), clerk=Puppet(hall.clerk.address), trustees=trustees
    )


def _vote(puppets: Hall, roll: Roll, keys: Sequence[Key]) -> Vote:
    polls, key = puppets.polls, _key(puppets)
    assert isinstance(polls, PuppetPolls)
    opens = polls.now_s() + HOUR_S
    dates = Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S)
    call = opening(polls, ceremony=key, subject=SUBJECT, roll=roll, calendar=dates, secrecy_minimum=5)
    polls.sends(puppets.officer.address, call.to, call.data)
    puppets.pass_s(HOUR_S)
    vote = Vote(polls.params(polls.consultations.read(polls.rpc, "consultations")), roll, [], SUBJECT)
    voters = list(keys) or [Puppet(it) for it in roll.accounts()]
    fund(polls.rpc, voters)
    for voter in voters:
        wanted = SUBJECT.asked.messages(WANTED)
        index = roll.index(voter.address)
        ballot = make_ballot(vote.params, to_address(voter.address), 0, wanted)
        if isinstance(voter, Key):
            casting.cast(polls, vote.params, roll, voter, index, ballot)
            continue
        polls.rpc.call("anvil_setCode", voter.address, YES_MAN)
        words = (vote.number, index, voter.address, ballot.data, bytes(65), roll.proof(index))
        polls.act(puppets.clerk, polls.consultations, "cast", *words, purpose="cast")
    return vote


def _key(puppets: Hall) -> int:
    """A ceremony in which no trustee's tool would go on."""
    polls = puppets.polls
    accounts = [it.account.address for it in puppets.trustees]
    terms = polls.consultations.address, accounts, 2, False, [HOUR_S] * 5
    polls.act(puppets.officer, polls.ceremonies, "open", *terms, purpose="open a ceremony that no tool opens")
    number = polls.ceremonies.read(polls.rpc, "ceremonies")
    for step in ("enrol", "commit", "deal", "acknowledge"):
        said = polls.ceremony(number)
        for trustee in puppets.trustees:
            message = _message(said, step, trustee)
            trustee_steps.sign(polls, message, trustee.account).post(polls, trustee.account, step)
        if step == "deal":
            puppets.deadline(number)
    return number


def _message(said: CeremonyReplay, step: str, trustee: Trustee) -> Message:
    assert said.ceremony is not None
    keys, index = TrusteeKeys(said.ceremony.place(trustee.index), trustee.secret), trustee.index
    if step == "enrol":
        return slips.enrolment(said.ceremony, index, *ceremony.enrol(said.ceremony, keys))
    if step == "acknowledge":
        made = said.keys()
        assert made is not None
        own = ceremony.secret_share(said.ceremony, keys, said.qualified)
        proof = ceremony.acknowledge(said.ceremony, keys, made, own)
        return slips.acknowledgement(said.ceremony, index, made.h, made.shares[index], proof)
    deal = ceremony.make_deal(said.ceremony, keys, said.enrolled)
    if step == "deal":
        return slips.dealing(said.ceremony, index, deal)
    hash_ = ceremony.deal_hash(said.ceremony, index, deal)
    return slips.commitment(said.ceremony, index, hash_, slips.mask(said.enrolled))


def _count(puppets: Hall, vote: Vote) -> None:
    """Shares and a result, of totals that no trustee's tool would open."""
    polls, number = puppets.polls, vote.number
    puppets.close(vote)
    closing, said = counting.closing_of(polls, vote.params), polls.ceremony(vote.params.ceremony)
    assert said.ceremony is not None
    for trustee in puppets.trustees[:2]:
        keys = TrusteeKeys(said.ceremony.place(trustee.index), trustee.secret)
        own = ceremony.secret_share(said.ceremony, keys, said.qualified)
        share = decryption_share(closing, trustee.index, own).as_arguments()
        polls.act(
            puppets.clerk, polls.consultations, "submitShare", number, trustee.index, *share, bytes(65), purpose="share"
        )
    counting.finalise(polls, number, puppets.clerk)
