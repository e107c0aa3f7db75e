"""Attack 3, the decryption oracle: at the count, trustees are shown totals of the node's choice.

R = Σ 3^i·c1_i over the ballots cast. A share is x_j·R for whatever R the closing shows, and stands in the gas estimate;
the node pretends to lag, and when the trustee gives the command again she hands in the share of the true totals. Two
shares open Σ 3^i·m_i, in which every ballot keeps a place of its own.
"""

from beffroi.ballots.group import Point, sub
from beffroi.ballots.proofs import pair, unpair
from tests.adversaries.vote.arithmetic import interpolate_points, unweigh, weigh
from tests.adversaries.vote.lies import loses, swaps
from tests.adversaries.vote.lying_node import overheard
from tests.adversaries.vote.station import Loot, Station


def attack(station: Station) -> Loot | None:
    """Two trustees of three hand in their share of a vote that is over, by the node, and the result is fixed."""
    hall, consultations = station.hall, station.polls.consultations
    vote, _ = station.consult(hall.key())
    cast = station.ballots(vote)
    hall.close(vote)
    sums = [tuple(map(weigh, zip(*ciphertexts, strict=True))) for ciphertexts in zip(*cast.values(), strict=True)]
    shown = {"totals": [pair(point) for ciphertext in sums for point in ciphertext]}
    lies = swaps(consultations, "ConsultationClosed", lambda values: values | shown), loses("eth_estimateGas")
    shares: dict[int, list[Point]] = {}
    with station.node() as node:
        for trustee in hall.trustees[:2]:
            with node.telling(*lies) as heard:
                station.share(vote, trustee, node)
            for _, index, points, *_ in overheard(heard, consultations, "submitShare"):
                shares[index] = [unpair(it) for it in points]
            station.share(vote, trustee, node)
    station.finalise(vote)
    if len(shares) < 2:
        return None
    rule, opened = vote.params.rule, []
    for place, (_, sum_) in enumerate(sums):
        masked = interpolate_points({index: points[place] for index, points in shares.items()}, 0)
        opened.append(unweigh(sub(sum_, masked), len(cast), rule.sets[rule.set_of[place]]))
    if None in opened:
        return None
    return Loot(dict(zip(cast, zip(*opened, strict=True), strict=True)), verdict=station.audit(vote))
