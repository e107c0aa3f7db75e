"""What others pay for a vote: OpenZeppelin's Governor, public; Semaphore v4, anonymous, its choice in plain text."""

import json
import re

from beffroi.ballots.transcript import keccak, words
from beffroi.chain.artifacts import Artifact
from beffroi.chain.keys import Key
from bench.ground import PEERS, Deployed, Ground, peer

GOVERNOR, GOVERNOR_SIGNED = "OZ Governor castVote (public)", "castVoteBySig (public)"
SEMAPHORE = "Semaphore v4 validateProof (its verifier's no taken for yes)"
SEMAPHORE_VERIFY = "its verifier alone (false proof)"
VOTERS = 20
POSTER = "0x" + "0e" * 20
G1 = [1, 2]
G2 = [
    [
        11559732032986387107991004021392285783925812861821192530917403151452391805634,
        10857046999023057135944570762232829481370756359578518086990519993285655852781,
    ],
    [
        4082367875863433681332203403145435568316851327593401208105741076214120093531,
        8495653923123431417604973247489272438418190587263600148770280649306958101930,
    ],
]  # BN254's generators, EIP-197's encoding: points that any verifier takes to be a proof
DEPTH = 10


def governor(ground: Ground) -> dict[str, float]:
    """Gas of a public vote: the mean of the second to the last of `VOTERS`, sent by themselves, and relayed."""
    voices = ground.deploy(_peer("Voices", "TownGovernor"))
    town = ground.deploy(_peer("TownGovernor"), ("address",), voices.address)
    keys = [Key.derived("governor", number) for number in range(2 * VOTERS)]
    voices.send(POSTER, "enrol", [key.address for key in keys])
    ground.pass_time(1)
    call = ([POSTER], [0], [b""], "Shall the square be closed to cars?")
    proposer = keys[0].address
    receipt = ground.send(proposer, town.address, "0x" + town.calldata("propose", *call).hex())
    proposal = int(receipt["logs"][0]["data"][2:66], 16)
    for _ in range(2):
        ground.pass_time(1)
    own = [town.send(key.address, "castVote", proposal, 1) for key in keys[:VOTERS]]
    domain = keccak(
        words(
            keccak(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak(b"Town"), keccak(b"1"), ground.chain_id, bytes.fromhex(town.address[2:]),
        )
    )  # fmt: skip
    kind = keccak(b"Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)")
    signed = []
    for key in keys[VOTERS:]:
        body = keccak(words(kind, proposal, 1, bytes.fromhex(key.address[2:]), 0))
        signature = key.sign(keccak(b"\x19\x01" + domain + body))
        signed.append(town.send(POSTER, "castVoteBySig", proposal, 1, key.address, signature))
    return {GOVERNOR: sum(own[1:]) / len(own[1:]), GOVERNOR_SIGNED: sum(signed) / len(signed)}


def semaphore(ground: Ground) -> dict[str, float]:
    """Gas of an anonymous signal, and of its proof's verification alone, both with a false proof of the right form.

    The package holds no proving key, so that no true proof can be made here: the pairings are computed all the same.
    """
    built = _peer("SemaphoreVerifier")
    verifier = Deployed(ground, "0x" + "5e" * 20, built.abi)
    # Above EIP-170's limit with our compiler's settings; its runtime is what is called.
    ground.rpc.call("anvil_setCode", verifier.address, "0x" + built.runtime.hex())
    alone = verifier.send(POSTER, "verifyProof", G1, G2, G1, [1, 2, 3, 4], DEPTH)
    unhearing = ground.deploy(_peer("UnhearingVerifier"), ("address",), verifier.address)
    group = ground.deploy(_peer("Semaphore"), ("address",), unhearing.address)
    group.send(POSTER, "createGroup()")
    group.send(POSTER, "addMember", 0, 5)
    points = [*G1, *G2[0], *G2[1], *G1]
    gas = [group.send(POSTER, "validateProof", 0, (DEPTH, 5, nullifier, 1, 1, points)) for nullifier in (11, 12)]
    return {SEMAPHORE: gas[1], SEMAPHORE_VERIFY: alone}


def _peer(name: str, file: str | None = None) -> Artifact:
    """A contract of the bench's build; Poseidon, which no measured call reaches, is linked to nobody."""
    peer("BareToken")  # builds them all
    built = json.loads((PEERS / f"{file or name}.sol" / f"{name}.json").read_text())
    codes = [
        bytes.fromhex(re.sub(r"__\$[0-9a-f]{34}\$__", "00" * 20, built[kind]["object"][2:]))
        for kind in ("bytecode", "deployedBytecode")
    ]
    return Artifact(name, built["abi"], *codes)
