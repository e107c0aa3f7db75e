"""What leaves a person's computer for a node: the messages in what it heard, and the secrets that must be in none."""

import json
from collections.abc import Iterable

from beffroi.ballots import ceremony as messages
from beffroi.ballots.group import mul
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.chain.abi import selector
from beffroi.chain.rpc import Rpc
from beffroi.consultation.polls import Polls
from testbed.polls import Trustee
from tests.adversaries.vote.lying_node import Asked
from tests.adversaries.vote.station import Station

WORDS = {"enrol", "commit", "deal", "complain", "acknowledge", "submitShare", "cast", "castAgain"}
"""The contracts' functions by which a trustee or a voter says something that she alone can say."""


def messages_of(polls: Polls, heard: Iterable[Asked]) -> list[str]:
    """Each call that carries somebody's word, estimated or tried, as hex without `0x`."""
    asked = [it.params[0] for it in heard if it.params and isinstance(it.params[0], dict)]
    said = [str(it.get("data", "")).removeprefix("0x") for it in asked]
    return [it for it in said if it[:8] in _selectors(polls)]


def signed_in(polls: Polls, heard: Iterable[Asked]) -> list[str]:
    """The transactions handed in that carry such a word, as hex."""
    sent = [str(it.params[0]) for it in heard if it.method == "eth_sendRawTransaction"]
    return [it for it in sent if any(four in it for four in _selectors(polls))]


def _selectors(polls: Polls) -> set[str]:
    abi = [*polls.ceremonies.abi, *polls.consultations.abi]
    return {selector(it).hex() for it in abi if it["type"] == "function" and it["name"] in WORDS}


def published(rpc: Rpc, first: int) -> set[str]:
    """What stands in transactions since a block, as hex without `0x`: no news to any node."""
    numbers = range(first, rpc.number("eth_blockNumber") + 1)
    blocks = rpc.batch([("eth_getBlockByNumber", [hex(it), True]) for it in numbers])
    return {it["input"].removeprefix("0x") for block in blocks for it in block["transactions"]}


def without(heard: Iterable[Asked], said: Iterable[str]) -> str:
    """All that was asked, but for these messages."""
    text = json.dumps([(it.method, it.params) for it in heard])
    for it in said:
        text = text.replace(it, "")
    return text


def secrets_of(station: Station) -> dict[str, str]:
    """By name, what is a trustee's alone: her secret, all that is derived of it, and the points that it opens."""
    return {name: it.hex() for trustee in station.hall.trustees for name, it in _secrets(station, trustee)}


def _secrets(station: Station, trustee: Trustee) -> Iterable[tuple[str, bytes]]:
    yield f"the secret of trustee {trustee.index}", trustee.secret.value
    yield f"the account's key of trustee {trustee.index}", bytes(trustee.account.secret)
    for number in range(1, station.polls.ceremonies.read(station.polls.rpc, "ceremonies") + 1):
        said = station.polls.ceremony(number)
        assert said.ceremony is not None
        keys = TrusteeKeys(said.ceremony.place(trustee.index), trustee.secret)
        setting = messages.setting_of(said.ceremony, said.enrolled)
        coefficients = keys.coefficients(said.ceremony.threshold, setting)
        scalars = {"k": keys.decryption, "the ephemeral": keys.ephemeral(setting)}
        scalars |= {f"a{place}": it for place, it in enumerate(coefficients)}
        scalars |= {f"the share for {j}": messages.evaluate(coefficients, j) for j in said.ceremony.indices}
        yield from ((f"{name} of trustee {trustee.index}", it.to_bytes(32)) for name, it in scalars.items())
        for dealer, deal in said.deals.items():
            shared = mul(keys.decryption, deal.ephemeral)
            yield f"what trustees {trustee.index} and {dealer} share", shared[:32]
        if said.keys():
            yield (
                f"x of trustee {trustee.index}",
                messages.secret_share(said.ceremony, keys, said.qualified).to_bytes(32),
            )
