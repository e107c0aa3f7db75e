"""The stage of the demo: a chain, a town on it, the people who act, and what the audience sees."""

import random
from dataclasses import dataclass, field
from typing import Any

from eth_account.signers.local import LocalAccount

from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.chain.sender import Sender
from beffroi.chain.signers import anvil_account
from beffroi.chain.transaction import Call, Signer
from beffroi.demo.narrator import Narrator
from beffroi.eip712 import Domain
from beffroi.publish import Papers
from beffroi.residents import ResidentKind, draw_roll
from beffroi.roll import Roll
from beffroi.roll.file import Seal
from beffroi.roll.sealing import RollSeals
from beffroi.town.manifest import Manifest
from beffroi.units import DAY_S

OFFICES = (
    "mayor",
    "registrar",
    "treasurer",
    "auditor",
    "court",
    "guardian",
    "returning_officer",
    "notary",
    "clerk",
    "commons",
)
"""In the order of Anvil's accounts, as `towns/example.yaml` appoints them; the mayor deploys."""


@dataclass
class Stage:
    """A town on a local chain, with an actor for each office and nobody else who owns ether.

    Attributes:
        narrator: who tells the story.
        rpc: the embedded node.
        manifest: what stands where.
        chance: the same for every run.
        people: keys of those who live in the town, by group.
        papers: what is published beside the chain, as the chapters bring it.
    """

    narrator: Narrator
    rpc: Rpc
    manifest: Manifest
    chance: random.Random = field(default_factory=lambda: random.Random(1789))  # noqa: S311, a story, not a secret
    people: dict[str, list[Key]] = field(default_factory=dict)
    papers: Papers = field(default_factory=Papers)

    def contract(self, name: str) -> Contract:
        """A contract of the town."""
        return Contract.built(name, self.manifest.address(name))

    def office(self, name: str) -> LocalAccount:
        """Who holds an office."""
        return anvil_account(OFFICES.index(name))

    def act(self, who: Signer, contract: str, function: str, *arguments: Any, purpose: str) -> dict[str, Any]:
        """One act, sent and confirmed; its receipt.

        Raises:
            TransactionFailedError: it would revert, or did.
        """
        target = self.contract(contract)
        return Sender(self.rpc, who).send(Call(target.address, target.encode(function, *arguments), purpose))

    def domain(self, contract: str) -> Domain:
        """Where a slip for a contract is valid, as the contract itself tells it (ERC-5267)."""
        _, name, version, chain_id, address, *_ = self.contract(contract).read(self.rpc, "eip712Domain")
        return Domain(name, chain_id, address, version)

    def now_s(self) -> int:
        """The chain's clock, unix seconds."""
        return int(self.rpc.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)  # noqa: FBT003

    def pass_days(self, days: int) -> None:
        """Lets time go by."""
        self.rpc.call("evm_increaseTime", days * DAY_S)
        self.rpc.call("evm_mine")

    def seal_roll(self) -> Roll:
        """Every citizen of now, on a roll that both offices seal on chain."""
        seals = RollSeals(self.rpc, self.contract("Rolls"), self.contract("Residents"), self.manifest.start_block)
        roll, seal = seals.draw(ResidentKind.CITIZEN)
        seals.propose(self.office("registrar"), seal)
        seals.seal(self.office("returning_officer"), ResidentKind.CITIZEN)
        self._publish(roll, seal)
        return roll

    def draw_roll(self) -> Roll:
        """Every citizen of now, published."""
        block = int(self.rpc.call("eth_blockNumber"), 16)
        residents = self.contract("Residents")
        roll, seal = draw_roll(self.rpc, residents, [ResidentKind.CITIZEN], block, self.manifest.start_block)
        self._publish(roll, seal)
        return roll

    def _publish(self, roll: Roll, seal: Seal) -> None:
        if seal.root not in [known.root for _, known in self.papers.rolls]:
            self.papers.rolls.append((roll, seal))
