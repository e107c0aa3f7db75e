"""Attack 1, the key: every dealer is shown encryption keys of the node's, every receiver deals masked anew for her.

While trustees commit and deal, each sees in `Enrolled` other keys than her own swapped: her shares are masked for the
node, which has her polynomial from any t of them. Afterwards `Dealt` shows the same commitments with an ephemeral key
of the node's, each share masked for its true receiver: it opens, and both proofs of knowledge hold, for the node knows
what they are about.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from beffroi.ballots.ceremony import Deal, committed
from beffroi.ballots.group import N, base, mul, random_scalar
from beffroi.ballots.proofs import pair, prove_knowledge
from beffroi.ballots.transcript import digest, tag
from testbed.polls import Trustee
from tests.adversaries.vote.arithmetic import decrypt_all, interpolate, mask
from tests.adversaries.vote.lies import Values, swaps
from tests.adversaries.vote.lying_node import Lie
from tests.adversaries.vote.station import Loot, Station

SECRET, EPHEMERAL = tag("beffroi.vote.ceremony.secret"), tag("beffroi.vote.ceremony.ephemeral")


def attack(station: Station) -> Loot | None:
    """A ceremony and a vote with its key, each trustee by the node: all of it comes to its right end."""
    hall, number = station.hall, station.hall.open_ceremony()
    thief = Thief(station, number)
    with station.node() as node:
        for _ in ("enrol", "commit", "deal"):
            for trustee in hall.trustees:
                with node.telling(thief.shows_keys_to(trustee)):
                    station.step(number, trustee, node)
        if not thief.reads_deals():
            return None
        with node.telling(thief.shows_deals()):
            for trustee in hall.trustees:
                station.step(number, trustee, node)
            hall.deadline(number)
            hall.step(number)
            vote, _ = station.consult(number)
            votes = decrypt_all(thief.key, station.ballots(vote), vote.params.rule)
            hall.close(vote)
            for trustee in hall.trustees:
                station.share(vote, trustee, node)
        station.finalise(vote)
        with node.telling(thief.shows_deals()):
            verdicts = [station.audit(vote, node), station.audit(vote)]
    return Loot(votes, thief.key, "\n".join(verdicts))


@dataclass
class Thief:
    station: Station
    number: int
    polynomials: dict[int, dict[int, int]] = field(default_factory=dict)
    """Each dealer's, by its values at the others' places."""

    def __post_init__(self) -> None:
        places = range(1, len(self.station.hall.trustees) + 1)
        self.swapped = {index: random_scalar() for index in places}
        self.ephemerals = {index: random_scalar() for index in places}

    @property
    def key(self) -> int:
        return sum(interpolate(values, 0) for values in self.polynomials.values()) % N

    def shows_keys_to(self, dealer: Trustee) -> Lie:
        def swapped(values: Values) -> Values:
            if values["index"] == dealer.index:
                return values
            return values | {"key": pair(base(self.swapped[values["index"]]))}

        return swaps(self.station.polls.ceremonies, "Enrolled", swapped)

    def reads_deals(self) -> bool:
        """Whether the shares dealt were masked for the node."""
        for dealer, deal in self.said.deals.items():
            values = {
                j: (deal.shares[j - 1] - self.mask(dealer, j, mul(self.swapped[j], deal.ephemeral))) % N
                for j in self.swapped
                if j != dealer
            }
            if any(base(value) != committed(deal.commitments, j) for j, value in values.items()):
                return False
            self.polynomials[dealer] = values
        return bool(self.polynomials)

    def shows_deals(self) -> Lie:
        return swaps(self.station.polls.ceremonies, "Dealt", self.anew)

    def anew(self, values: Values) -> Values:
        dealer, polynomial = values["index"], self.polynomials[values["index"]]
        deal, keys = Deal.from_tuple(values["deal"]), self.said.enrolled
        ephemeral = self.ephemerals[dealer]
        shares = [
            (interpolate(polynomial, j) + self.mask(dealer, j, mul(ephemeral, keys[j]))) % N for j in sorted(keys)
        ]
        masked = replace(deal, shares=tuple(shares))
        knows = (
            self._proof(label, dealer, masked, secret)
            for label, secret in ((SECRET, interpolate(polynomial, 0)), (EPHEMERAL, ephemeral))
        )
        return values | {"deal": (*values["deal"][:1], pair(base(ephemeral)), *knows, shares)}

    def _proof(self, label: bytes, dealer: int, deal: Deal, secret: int) -> tuple[int, int]:
        account = self.said.ceremony.trustees[dealer - 1]
        shown = (dealer, account, deal.commitments_hash, base(self.ephemerals[dealer]), deal.shares_hash)
        return prove_knowledge(digest(label, *self._where, *shown), secret).as_tuple()

    def mask(self, dealer: int, receiver: int, dh: bytes) -> int:
        return mask(*self._where, dealer, receiver, dh)

    @property
    def _where(self) -> tuple[int, bytes, int]:
        return self.station.polls.chain_id, self.station.ceremonies, self.number

    @property
    def said(self) -> Any:
        return self.station.polls.ceremony(self.number)
