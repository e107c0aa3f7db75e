"""Attack 5, the voter's key: the ballot is encrypted for whatever key the node tells.

The opening and the terms are shown with a key of the node's, and with the hash that goes with it. The ballot is under
that key, and the gas estimate holds it whole; the node pretends to lag, and when the voter gives the command again her
ballot is under the true key and counts.
"""

from dataclasses import replace
from typing import Any

from beffroi.ballots.ballot import split
from beffroi.ballots.group import base, random_scalar
from beffroi.ballots.params import Params
from beffroi.ballots.proofs import pair
from beffroi.chain.contract import Contract
from testbed.town import fund
from tests.adversaries.vote.arithmetic import decrypt
from tests.adversaries.vote.lies import Values, alters, loses, swaps
from tests.adversaries.vote.lying_node import Lie, overheard
from tests.adversaries.vote.station import Loot, Station

VOTER, CHOICE = 6, 1
"""Who votes by the node, by place on the roll, and what she wants."""


def attack(station: Station) -> Loot | None:
    """A voter casts her own ballot by the node, twice the same command, and it counts."""
    hall, consultations = station.hall, station.polls.consultations
    vote = hall.consult(VOTER + 1, key=hall.key())
    fund(hall.polls.rpc, [vote.keys[VOTER]])
    key = random_scalar()
    lies = *shows_key(consultations, vote.params, key), loses("eth_estimateGas")
    with station.node() as node:
        with node.telling(*lies) as heard:
            station.cast(vote, VOTER, CHOICE, node)
        station.cast(vote, VOTER, CHOICE, node)
    ballots = [ballot for _, _, _, ballot, *_ in overheard(heard, consultations, "cast")]
    read = [decrypt(key, split(ballot, vote.params.rule.size), vote.params.rule) for ballot in ballots]
    return Loot({VOTER: read[0]}) if read and read[0] else None


def shows_key(consultations: Contract, params: Params, key: int) -> tuple[Lie, ...]:
    """One consultation as if its ballots were to be encrypted for whoever holds this key."""
    other = replace(params, h=base(key))

    def opened(values: Values) -> Values:
        return values | {"paramsHash": other.hash} if values["consultation"] == params.consultation else values

    def terms(values: list[Any]) -> list[Any]:
        return [pair(other.h), *values[1:]] if values[0] == pair(params.h) else values

    return swaps(consultations, "ConsultationOpened", opened), alters(consultations, "terms", terms)
