"""Attack 4, another address: an honest node, and a contract that names the true KeyCeremony.

It is born with an opening under the true key and a closing whose only total is one voter's ballot, taken from the true
vote while that is open. Trustees who are told its address (by a site, a manifest, a letter) give their share of it:
each deployment sees for itself alone to it that a key serves one consultation.
"""

from dataclasses import replace
from typing import Any

from eth_abi.abi import decode, encode

from beffroi.ballots.group import sub
from beffroi.ballots.proofs import pair, unpair
from beffroi.chain.abi import Abi, entry, selector, topic, types
from beffroi.chain.create2 import PROXY, create2_address
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call
from beffroi.consultation.polls import PollStatus
from testbed.polls import Vote
from testbed.town import POSTER
from tests.adversaries.vote.arithmetic import interpolate_points, messages_of
from tests.adversaries.vote.spoken_contract import initcode
from tests.adversaries.vote.station import Loot, Station

TARGET = 3
"""Whose vote is wanted, by place on the roll."""
SALT = bytes(32)


def attack(station: Station) -> Loot | None:
    """Two trustees of three hand in their share at the rogue's address, by an honest node, while people vote."""
    hall, rpc = station.hall, station.polls.rpc
    vote, _ = station.consult(hall.key())
    ballot = station.ballots(vote)[TARGET]
    code = _rogue(station, vote)
    rogue = create2_address(SALT, code)
    Sender(rpc, POSTER).send(Call(PROXY, SALT + code, "deploy what names the true ceremony"))
    since = rpc.number("eth_blockNumber") + 1
    for trustee in hall.trustees[:2]:
        station.share(vote, trustee, consultations=rogue)
    given = _handed_in(station, rogue, since)
    if len(given) < 2:
        return None
    opened = [
        sub(c, interpolate_points({index: unpair(points[place]) for index, points in given.items()}, 0))
        for place, (_, c) in enumerate(ballot)
    ]
    messages = messages_of(opened, vote.params.rule)
    return None if messages is None else Loot({TARGET: messages})


def _rogue(station: Station, vote: Vote) -> bytes:
    """The code of a contract that closed a vote of one ballot."""
    abi, params = station.polls.consultations.abi, replace(vote.params, secrecy_minimum=1)
    dates = (params.opens_at, params.closes_at, params.tally_by)
    roll, texts = (params.roll_root, params.roll_size), (params.question_hash, params.options_hash)
    terms = (params.ceremony, *roll, *dates, 1, *texts, vote.subject.data_uri, params.rule.as_tuple())
    totals = [pair(point) for ciphertext in station.ballots(vote)[TARGET] for point in ciphertext]
    logs = [
        _log(abi, "ConsultationOpened", [vote.number, params.ceremony], [params.hash, terms]),
        _log(abi, "ConsultationClosed", [vote.number], [1, totals]),
    ]
    answers = {
        "CEREMONIES": [station.polls.ceremonies.address],
        "status": [PollStatus.CLOSED],
        "terms": [pair(params.h), params.ceremony, params.roll_root, *dates, 1],
    }
    views = {name: entry(abi, "function", name) for name in answers}
    return initcode(logs, {selector(it): encode(types(it["outputs"]), answers[name]) for name, it in views.items()})


def _log(abi: Abi, event: str, indexed: list[int], values: list[Any]) -> tuple[list[bytes], bytes]:
    item = entry(abi, "event", event)
    plain = types([it for it in item["inputs"] if not it["indexed"]])
    return [bytes.fromhex(topic(item)[2:]), *(it.to_bytes(32) for it in indexed)], encode(plain, values)


def _handed_in(station: Station, rogue: str, since: int) -> dict[int, list[tuple[int, int]]]:
    """The shares that the chain shows to everybody, by trustee."""
    rpc, item = station.polls.rpc, entry(station.polls.consultations.abi, "function", "submitShare")
    blocks = range(since, rpc.number("eth_blockNumber") + 1)
    sent = [it for block in blocks for it in rpc.call("eth_getBlockByNumber", hex(block), True)["transactions"]]
    calls = [bytes.fromhex(it["input"][2:]) for it in sent if (it["to"] or "").lower() == rogue.lower()]
    values = [decode(types(item["inputs"]), call[4:]) for call in calls if call[:4] == selector(item)]
    return {trustee: points for _, trustee, points, *_ in values}
