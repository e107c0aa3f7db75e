"""A town on a bare node with trustees and voters, for whoever tests a consultation."""

import contextlib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from beffroi.ballots import ceremony as messages
from beffroi.ballots import complaints
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.ballots.keyfiles import KeyFile, TrusteeSecret
from beffroi.ballots.parallel import Here
from beffroi.ballots.params import Params
from beffroi.ballots.transcript import to_address
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.consultation import casting, ceremony, counting, posting, sharing, trustee_steps
from beffroi.consultation.opening import Calendar, open_consultation
from beffroi.consultation.polls import Polls
from beffroi.consultation.promised import Memory
from beffroi.consultation.subject import Subject
from beffroi.residents import Resident, ResidentKind, enrol
from beffroi.roll import Roll
from beffroi.roll.sealing import RollSeals
from beffroi.town.manifest import Manifest
from testbed.anvil import anvil
from testbed.town import CLERK, ELSEWHERE, REGISTRAR, RETURNING_OFFICER, Town, found

HOUR_S = 3_600
TRUSTEES = sorted(ELSEWHERE[1:4], key=lambda key: key.address.lower())
SUBJECT = Subject("Shall the square be closed to cars?", ("yes", "no", "blank"))


@dataclass
class Trustee:
    """A trustee; `index` is her place in every ceremony here."""

    index: int
    account: Any
    secret: TrusteeSecret


@dataclass
class Vote:
    """A consultation that is open."""

    params: Params
    roll: Roll
    keys: list[Key]
    subject: Subject

    @property
    def number(self) -> int:
        return self.params.consultation

    def slip(self, index: int, choice: Any, seq: int = 0) -> Any:
        """A signed slip."""
        account = to_address(self.keys[index].address)
        ballot = make_ballot(self.params, account, seq, self.subject.asked.messages(choice))
        return casting.sign(self.params, index, ballot, self.keys[index])


@dataclass
class Hall:
    """The town hall."""

    polls: Polls
    officer: Any
    clerk: Any
    trustees: list[Trustee]
    manifest: Manifest
    promises: defaultdict[tuple[int, int], Memory] = field(default_factory=lambda: defaultdict(Memory))

    @property
    def panels(self) -> list[Panel]:
        """The trustees, as the town has published them."""
        return [Panel(2, tuple(to_address(it.account.address) for it in self.trustees))]

    def pass_s(self, seconds: int) -> None:
        self.polls.rpc.call("evm_increaseTime", seconds)
        self.polls.rpc.call("evm_mine")

    def pass_until(self, at_s: int) -> None:
        """Unix seconds, by the chain's clock."""
        self.pass_s(at_s - self.polls.now_s())

    def seal_roll(self, *citizens: Key) -> Roll:
        """Both offices seal the roll of all citizens; those named are enrolled before, where they are not."""
        rpc = self.polls.rpc
        rolls, residents = (Contract.built(name, self.manifest.address(name)) for name in ("Rolls", "Residents"))
        active = residents.reads(rpc, "isActive", [(it.address,) for it in citizens])
        newcomers = [it.address for it, known in zip(citizens, active, strict=True) if not known]
        enrol(rpc, residents, REGISTRAR, [Resident(it, ResidentKind.CITIZEN) for it in newcomers])
        seals = RollSeals(rpc, rolls, residents, self.polls.first)
        roll, seal = seals.draw(ResidentKind.CITIZEN)
        seals.propose(REGISTRAR, seal)
        seals.seal(RETURNING_OFFICER, ResidentKind.CITIZEN)
        return roll

    def open_ceremony(self, needed: int = 2) -> int:
        accounts = [it.account.address for it in self.trustees]
        number = ceremony.open_ceremony(self.polls, self.officer, accounts, needed, (HOUR_S,) * 5)
        # A chain that was set back gives the number again: nothing was said in this one.
        for trustee in self.trustees:
            self.promises.pop((number, trustee.index), None)
        return number

    def step(self, number: int, *trustees: Trustee) -> list[list[str]]:
        """One step of each of these trustees, or of all."""
        return [
            ceremony.take_step(
                self.polls, number, it.account, self.key_file(number, it), self.promises[number, it.index]
            )
            for it in trustees or self.trustees
        ]

    def key_file(self, number: int, trustee: Trustee) -> KeyFile:
        """A trustee's for a ceremony, made when this hall showed it."""
        return KeyFile(trustee.secret, self.polls.pins(number))

    def share(self, number: int, trustee: Trustee, roll: Roll, **options: Any) -> int:
        """A trustee hands her share of a consultation in; her index."""
        key = self.key_file(self.polls.params(number).ceremony, trustee)
        now_s = self.polls.now_s()
        counted = sharing.count(self.polls, number, key, roll, now_s=now_s, executor=Here(), **options)
        return sharing.give(self.polls, trustee.account, key, counted, poster=self.clerk)

    def deadline(self, number: int) -> str:
        """The deadline passes, and anyone says so."""
        self.pass_s(HOUR_S + 1)
        return ceremony.move_on(self.polls, number, self.clerk)

    def key(self, needed: int = 2) -> int:
        """A ceremony in which all goes well."""
        number = self.open_ceremony(needed)
        for _ in range(3):
            self.step(number)
        self.deadline(number)
        self.step(number)
        return number

    def lie(self, number: int, liar: Trustee, victim: Trustee) -> None:
        """The liar commits to a deal with a wrong share for the victim, and once all have committed opens it."""
        said = self.polls.ceremony(number)
        keys = TrusteeKeys(said.ceremony.place(liar.index), liar.secret)
        deal = messages.make_deal(said.ceremony, keys, said.enrolled)
        shares = list(deal.shares)
        shares[victim.index - 1] ^= 1
        deal = self.proven(said, keys, replace(deal, shares=tuple(shares)))
        committed = liar.index in ceremony.progress(self.polls, number).committed
        if committed:
            message = slips.dealing(said.ceremony, liar.index, deal)
        else:
            hash_ = messages.deal_hash(said.ceremony, liar.index, deal)
            message = slips.commitment(said.ceremony, liar.index, hash_, slips.mask(said.enrolled))
        trustee_steps.sign(self.polls, message, liar.account).post(self.polls, liar.account, "lie")

    @staticmethod
    def proven(said: CeremonyReplay, keys: TrusteeKeys, deal: messages.Deal) -> messages.Deal:
        """A deal of these keys, whatever its shares are, with the proofs that it takes."""
        setting = messages.setting_of(said.ceremony, said.enrolled)
        secret, ephemeral = keys.coefficients(said.ceremony.threshold, setting)[0], keys.ephemeral(setting)
        return messages.prove_deal(said.ceremony, keys, deal, secret, ephemeral)

    def complain_falsely(self, number: int, accuser: Trustee, dealer: Trustee) -> None:
        said = self.polls.ceremony(number)
        keys = TrusteeKeys(said.ceremony.place(accuser.index), accuser.secret)
        deal = said.deals[dealer.index]
        complaint = complaints.complain(said.ceremony, keys, dealer.index, deal)
        message = slips.complaint(said.ceremony, complaint, keys.encryption, deal)
        trustee_steps.sign(self.polls, message, accuser.account).post(self.polls, accuser.account, "complain falsely")

    def consult(self, voters: int = 6, *, key: int | None = None, subject: Subject = SUBJECT, minimum: int = 5) -> Vote:
        """A consultation that has just begun and lasts an hour; its result is late after another."""
        keys = [Key.derived("voter", number) for number in range(voters)]
        roll = Roll.of([it.address for it in keys])
        key = key or self.key()
        opens = self.polls.now_s() + HOUR_S
        number = open_consultation(
            self.polls, self.officer, ceremony=key, subject=subject, roll=roll,
            calendar=Calendar(opens, opens + HOUR_S, opens + 2 * HOUR_S), secrecy_minimum=minimum,
        )  # fmt: skip
        self.pass_s(HOUR_S)
        return Vote(self.polls.params(number), roll, keys, subject)

    def post(self, vote: Vote, slips: list[Any], **options: Any) -> posting.PostedBallots:
        return posting.post(self.polls, vote.params, vote.roll, self.clerk, slips, **options)

    def close(self, vote: Vote) -> Any:
        self.pass_s(HOUR_S)
        return counting.close(self.polls, vote.number, self.clerk)

    def count(self, vote: Vote, *trustees: Trustee) -> list[int]:
        """Closes, opens the totals with these trustees, the first two by default, and fixes the result."""
        self.close(vote)
        for trustee in trustees or self.trustees[:2]:
            self.share(vote.number, trustee, vote.roll)
        return counting.finalise(self.polls, vote.number, self.clerk)


def hall_of(town: Town) -> Hall:
    """A town with its trustees."""
    polls = Polls.at(town.rpc, town.manifest.address("Consultations"), town.manifest.start_block)
    trustees = [
        Trustee(index, account, TrusteeSecret.generate(bytes([index]) * 32))
        for index, account in enumerate(TRUSTEES, 1)
    ]
    return Hall(polls, RETURNING_OFFICER, CLERK, trustees, town.manifest)


@contextlib.contextmanager
def town_hall(folder: Any):
    """The example town on a chain of its own, its manifest in `folder`."""
    with anvil() as url:
        yield hall_of(found(Rpc(url), folder=folder))
