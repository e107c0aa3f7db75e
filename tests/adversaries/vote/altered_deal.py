"""Attack 2, the complaint oracle: one bit of a masked share is altered, and the complaint carries what masks the rest.

Nothing binds a deal's masked shares but its hash, which receivers do not look at. The tool complains, and in the gas
estimate already hands over the true Diffie–Hellman point k_j·E_i; the node pretends to lag, so that nothing of it comes
to the chain, and when the trustee gives the command again all shares are right. With that point the node opens the true
share s_ij out of the true deal; of each dealer any t of them are her polynomial.
"""

from beffroi.ballots.ceremony import Deal
from beffroi.ballots.group import N, base
from beffroi.ballots.proofs import unpair
from beffroi.chain.contract import Contract
from tests.adversaries.vote.arithmetic import decrypt_all, interpolate, mask
from tests.adversaries.vote.lies import Values, loses, swaps
from tests.adversaries.vote.lying_node import Lie, overheard
from tests.adversaries.vote.station import Loot, Station


def attack(station: Station) -> Loot | None:
    """Every trustee is made to complain of every other, and a vote is held with the key, as if nothing had been."""
    hall, ceremonies, number = station.hall, station.polls.ceremonies, station.hall.open_ceremony()
    for _ in ("enrol", "commit", "deal"):
        hall.step(number)
    deals = station.polls.ceremony(number).deals
    shares: dict[int, dict[int, int]] = {dealer: {} for dealer in deals}
    with station.node() as node:
        for trustee in hall.trustees:
            for dealer in deals.keys() - {trustee.index}:
                with node.telling(_alters(ceremonies, dealer, trustee.index), loses("eth_estimateGas")) as heard:
                    station.step(number, trustee, node)
                for _, accuser, _, _, _, shared, _, _ in overheard(heard, ceremonies, "complain"):
                    where = (station.polls.chain_id, station.ceremonies, number, dealer, accuser)
                    masked = deals[dealer].shares[accuser - 1]
                    shares[dealer][accuser] = (masked - mask(*where, unpair(shared))) % N
            station.step(number, trustee, node)
    hall.deadline(number)
    hall.step(number)
    vote, _ = station.consult(number)
    key = sum(interpolate(values, 0) for values in shares.values()) % N
    if base(key) != vote.params.h:
        return None
    return Loot(decrypt_all(key, station.ballots(vote), vote.params.rule), key)


def _alters(ceremonies: Contract, dealer: int, receiver: int) -> Lie:
    def altered(values: Values) -> Values:
        if values["index"] != dealer:
            return values
        *deal, shares = Deal.from_tuple(values["deal"]).as_tuple()
        shares[receiver - 1] ^= 1
        return values | {"deal": (*deal, shares)}

    return swaps(ceremonies, "Dealt", altered)
