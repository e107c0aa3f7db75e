"""What the Ethereum Attestation Service asks for an attestation: its own build, from its package."""

import json
from dataclasses import dataclass, field

from eth_utils.crypto import keccak

from beffroi import slips
from beffroi.chain.artifacts import ROOT, Artifact
from beffroi.chain.keys import Key
from beffroi.eip712 import Domain, SlipType
from bench.ground import Deployed, Ground

EAS = "EAS 1.4"
PACKAGE = ROOT / "node_modules" / "@ethereum-attestation-service" / "eas-contracts" / "artifacts" / "contracts"
SCHEMA = "bytes32 root"
NOBODY = "0x" + "00" * 20
LAST_S = 2**64 - 1
IS_REVOCABLE = True
ATTEST = SlipType(
    "Attest(address attester,bytes32 schema,address recipient,uint64 expirationTime,bool revocable,bytes32 refUID,"
    "bytes data,uint256 value,uint256 nonce,uint64 deadline)"
)


@dataclass
class Service:
    """The service on a ground, with one schema: a root, revocable, no resolver."""

    ground: Ground
    issuer: Key
    eas: Deployed = field(init=False)
    schema: bytes = field(init=False)
    nonce: int = 0

    def __post_init__(self) -> None:
        registry = self.ground.deploy(_built("SchemaRegistry"))
        self.eas = self.ground.deploy(_built("EAS"), ("address",), registry.address)
        registry.send(self.issuer.address, "register", SCHEMA, NOBODY, IS_REVOCABLE)
        self.schema = keccak(SCHEMA.encode() + bytes.fromhex(NOBODY[2:]) + b"\1")

    def attest(self, root: bytes) -> int:
        """The gas of an attestation of a root."""
        return self.eas.send(self.issuer.address, "attest", (self.schema, _request(root)))

    def attest_by_signature(self, root: bytes, poster: str) -> int:
        """The gas of one that the issuer signs and another posts."""
        request = (self.issuer.address, self.schema, *_request(root), self.nonce, LAST_S)
        self.nonce += 1
        domain = Domain("EAS", self.ground.chain_id, self.eas.address, "1.4.0")
        signature = slips.sign(self.issuer.secret, ATTEST.of(*request), domain)
        r, s, v = signature[:32], signature[32:64], signature[64]
        said = (self.schema, _request(root), (v, r, s), self.issuer.address, LAST_S)
        return self.eas.send(poster, "attestByDelegation", said)

    def revoke(self, root: bytes) -> int:
        """The gas of the revocation of a new attestation."""
        before = self.ground.rpc.call("eth_blockNumber")
        self.attest(root)
        logs = self.ground.rpc.call("eth_getLogs", {"fromBlock": hex(int(before, 16) + 1), "address": self.eas.address})
        uid = bytes.fromhex(logs[-1]["data"][2:])
        return self.eas.send(self.issuer.address, "revoke", (self.schema, (uid, 0)))


def _request(root: bytes) -> tuple[str, int, bool, bytes, bytes, int]:
    return NOBODY, 0, IS_REVOCABLE, bytes(32), root, 0


def _built(name: str) -> Artifact:
    built = json.loads((PACKAGE / f"{name}.sol" / f"{name}.json").read_text())
    initcode, runtime = (bytes.fromhex(built[code][2:]) for code in ("bytecode", "deployedBytecode"))
    return Artifact(name, built["abi"], initcode, runtime)
