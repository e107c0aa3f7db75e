"""What everybody may read of facts without a node: each with its history, as of one block."""

from typing import Any

from beffroi.chain.headers import clock_s
from beffroi.chain.rpc import Rpc
from beffroi.records.fact import Fact
from beffroi.records.paperfile import hexed
from beffroi.records.statedfacts import StatedFacts, ToldAct
from beffroi.town.authority import holders_of_offices
from beffroi.town.manifest import Manifest

FORMAT = "beffroi-facts-1"


def tell_facts(rpc: Rpc, manifest: Manifest) -> dict[str, Any] | None:
    """What a town publishes of its facts, as `facts.json` has it; None where it has no such contract.

    Anybody may open a fact: the town's are those that one who holds an office of it now has opened, first or later.

    Raises:
        RpcError: the node could not say.
    """
    if not manifest.instances("Facts"):
        return None
    facts, block = StatedFacts.of(rpc, manifest), rpc.number("eth_blockNumber")
    holders = holders_of_offices(rpc, manifest)
    own = [it.fact for it in facts.opened(block) if not holders.isdisjoint(it.openers)]
    return {
        "format": FORMAT, "chain": facts.chain_id, "contract": facts.contract.address,
        "block": block, "at": clock_s(rpc, hex(block)), "facts": [_fact(facts, it, block) for it in own],
    }  # fmt: skip


def _fact(facts: StatedFacts, fact: Fact, block: int) -> dict[str, Any]:
    record = facts.record(fact, block)
    return {
        "id": hexed(fact.id), "definition": fact.json, "stands": record.stands,
        "signers": [*record.signers], "seated": [*record.seated],
        "history": [_act(it) for it in facts.history(fact, block)],
    }  # fmt: skip


def _act(act: ToldAct) -> dict[str, Any]:
    """Values as text: JSON's numbers are not all read exactly."""
    it = act.stated
    return {
        "what": act.what, "number": act.number, "value": None if it is None else str(it.value),
        "at": None if it is None else it.at_s, "source": hexed(act.source), "signers": [*act.signers],
        "told": act.at_s, "transaction": act.transaction,
    }  # fmt: skip
