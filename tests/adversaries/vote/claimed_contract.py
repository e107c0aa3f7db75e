"""Attack 7, who must sign: of a trustee whose account has code only a node can tell what she signed, so it says so.

To each of two trustees the node says that the other's account is a contract, and shows an encryption key of its own as
hers. From each deal it has the share for that key, and the third trustee, who is corrupt, the one for hers: two points
of every polynomial, where two open a result. Each of the two is shown the other's deal masked anew for her.
"""

from dataclasses import dataclass, field
from typing import Any

from beffroi.ballots import ceremony as messages
from beffroi.ballots.ceremony import Deal
from beffroi.ballots.group import N, base, mul
from beffroi.ballots.proofs import pair
from beffroi.chain.contract import Contract
from testbed.polls import Trustee
from tests.adversaries.vote.arithmetic import decrypt_all
from tests.adversaries.vote.lies import alters, answers, swaps
from tests.adversaries.vote.lying_node import Lie
from tests.adversaries.vote.station import Loot, Station
from tests.adversaries.vote.swapped_keys import Thief


def attack(station: Station) -> Loot | None:
    """A ceremony and a vote with its key: by the node, but for the corrupt trustee."""
    hall, number = station.hall, station.hall.open_ceremony()
    *victims, corrupt = hall.trustees
    pairs = list(zip(victims, victims[::-1], strict=True))
    thief = _Pretender(station, number)
    with station.node() as node:
        hall.step(number)
        for _ in ("commit", "deal"):
            for victim, other in pairs:
                with node.telling(says_contract(hall.polls.ceremonies, other), thief.shows_key_of(other)):
                    station.step(number, victim, node)
            hall.step(number, corrupt)
        if not thief.reads(corrupt):
            return None
        for after in (lambda: hall.deadline(number), lambda: hall.step(number, corrupt)):
            for victim, other in pairs:
                with node.telling(says_contract(hall.polls.ceremonies, other), *thief.shows_deal_of(other)):
                    station.step(number, victim, node)
            after()
        vote, _ = station.consult(number)
    return Loot(decrypt_all(thief.key, station.ballots(vote), vote.params.rule), thief.key)


def says_contract(ceremonies: Contract, trustee: Trustee) -> Lie:
    """Her account is a contract, and was one when the ceremony opened."""
    account, bit = trustee.account.address.lower(), 1 << trustee.index - 1
    now = answers("eth_getCode", lambda asked, true: "0x60" if asked[0].lower() == account else true)
    then = alters(ceremonies, "contracts", lambda values: [values[0] | bit])
    return lambda asked, ask: then(asked, lambda it: now(it, ask))


@dataclass
class _Pretender(Thief):
    forged: dict[int, Deal] = field(default_factory=dict)

    def shows_key_of(self, other: Trustee) -> Lie:
        key = pair(base(self.swapped[other.index]))
        return swaps(
            self.station.polls.ceremonies,
            "Enrolled",
            lambda it: it | {"key": key} if it["index"] == other.index else it,
        )

    def reads(self, corrupt: Trustee) -> bool:
        """Whether shares were dealt for the keys that were shown."""
        said = self.said
        if len(said.deals) < len(self.swapped):
            return False
        keys = messages.TrusteeKeys(said.ceremony.place(corrupt.index), corrupt.secret)
        for dealer, other in ((1, 2), (2, 1)):
            deal = said.deals[dealer]
            hers = self.mask(dealer, other, mul(self.swapped[other], deal.ephemeral))
            given = messages.unmask(said.ceremony, keys, dealer, deal)
            self.polynomials[dealer] = {other: (deal.shares[other - 1] - hers) % N, corrupt.index: given}
        own = keys.coefficients(2, messages.setting_of(said.ceremony, said.enrolled))
        self.polynomials[corrupt.index] = {j: messages.evaluate(own, j) for j in (1, 2)}
        return True

    def shows_deal_of(self, other: Trustee) -> tuple[Lie, Lie]:
        index, contract = other.index, self.station.polls.ceremonies
        if index not in self.forged:
            shown = self.anew({"index": index, "deal": self.said.deals[index].as_tuple()})
            self.forged[index] = Deal.from_tuple(shown["deal"])
        deal = self.forged[index]
        promised = messages.deal_hash(self.said.ceremony, index, deal)

        def with_(name: str, value: Any) -> Any:
            return lambda it: it | {name: value} if it["index"] == index else it

        return (
            swaps(contract, "Dealt", with_("deal", deal.as_tuple())),
            swaps(contract, "Committed", with_("dealHash", promised)),
        )
