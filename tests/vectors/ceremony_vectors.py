"""The vectors of a key ceremony: what trustees say, sign and open, for `make_ballots.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from beffroi.ballots import ceremony as messages
from beffroi.ballots import complaints, tally
from beffroi.ballots import trustee_slips as slips
from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.ceremony import Ceremony
from beffroi.ballots.group import add, address, base, mul
from beffroi.ballots.keyfiles import TrusteeSecret
from beffroi.ballots.records import sign_slip
from beffroi.ballots.rules import M
from beffroi.ballots.tally import Closing
from beffroi.ballots.transcript import keccak
from beffroi.ballots.trustee_keys import TrusteeKeys

if TYPE_CHECKING:
    from beffroi.eip712 import Slip


def trustees() -> dict[str, Any]:
    """A ceremony of 2 of 3 from fixed secrets, and their shares of a total."""
    owners = [keccak(b"vectors: account" + bytes([j])) for j in (1, 2, 3)]
    signers = {address(base(int.from_bytes(it, "big"))): it for it in owners}
    accounts = tuple(sorted(signers))
    ceremony = Ceremony(31337, bytes.fromhex("ce" * 20), 3, 2, accounts, bytes.fromhex("c0" * 20))
    secrets = {j: TrusteeSecret.generate(keccak(b"vectors: trustee" + bytes([j]))) for j in ceremony.indices}
    keys = {j: TrusteeKeys(ceremony.place(j), secret) for j, secret in secrets.items()}
    enrolments = {j: messages.enrol(ceremony, k) for j, k in keys.items()}
    enrolled = {j: key for j, (key, _) in enrolments.items()}
    deals = {j: messages.make_deal(ceremony, k, enrolled) for j, k in keys.items()}
    public = messages.conclude(deals, list(keys))
    shares = {j: messages.secret_share(ceremony, k, deals) for j, k in keys.items()}
    receipts = {j: messages.acknowledge(ceremony, k, public, shares[j]) for j, k in keys.items()}
    complaint = complaints.complain(ceremony, keys[2], 1, deals[1])

    def signed(j: int, slip: Slip) -> dict[str, bytes]:
        digest = slip.digest(slips.domain(ceremony.chain_id, ceremony.address))
        return {"struct": slip.struct_hash, "digest": digest, "signature": sign_slip(signers[accounts[j - 1]], digest)}

    shown = messages.make_deal(ceremony, keys[1], {j: enrolled[j] for j in (1, 2)})
    elsewhere = {"dealHash": messages.deal_hash(ceremony, 1, shown), "enrolled": slips.mask((1, 2))}

    total = tally.total([(base(r), add(mul(r, public.h), base(m))) for r, m in ((11, 1), (12, M), (13, M))])
    closing = Closing(31337, bytes.fromhex("c0" * 20), ceremony.address, 3, 7, public.h, (total,), 3)
    opened = {j: tally.decryption_share(closing, j, x).parts[0] for j, x in shares.items()}
    return {
        "chainId": ceremony.chain_id,
        "ceremony": ceremony.address,
        "ceremonyId": ceremony.id,
        "threshold": ceremony.threshold,
        "accounts": accounts,
        "consumer": ceremony.consumer,
        "setting": ceremony.setting_hash,
        "enrolments": [
            {"key": key, "proof": proof_} | signed(j, slips.enrolment(ceremony, j, key, proof_).slip)
            for j, (key, proof_) in enrolments.items()
        ],
        "commits": [
            {"enrolled": slips.mask(enrolled)}
            | signed(j, slips.commitment(ceremony, j, messages.deal_hash(ceremony, j, deal), slips.mask(enrolled)).slip)
            for j, deal in deals.items()
        ],
        "elsewhere": elsewhere | signed(1, slips.commitment(ceremony, 1, *elsewhere.values()).slip),
        "complaint": {"accuser": 2, "dealer": 1, "dh": complaint.dh}
        | {"proof": complaint.proof}
        | signed(2, slips.complaint(ceremony, complaint, enrolled[2], deals[1]).slip),
        "acknowledgements": [
            {"proof": proof_} | signed(j, slips.acknowledged(ceremony, j, public.h, public.shares[j]))
            for j, proof_ in receipts.items()
        ],
        "panel": Panel(ceremony.threshold, accounts).phrase,
        "deals": [
            {"commitments": deal.commitments, "ephemeral": deal.ephemeral, "secretProof": deal.secret_proof}
            | {"ephemeralProof": deal.ephemeral_proof, "shares": deal.shares}
            | {"hash": messages.deal_hash(ceremony, j, deal)}
            | signed(j, slips.dealing(ceremony, j, deal).slip)
            for j, deal in deals.items()
        ],
        "key": public.h,
        "shareKeys": list(public.shares.values()),
        "secretShares": list(shares.values()),
        "total": {"consultation": 7, "ballots": 3, "R": total[0], "S": total[1], "counts": [1, 2]},
        # The proofs' nonces are fresh each time, so that only what they prove can be fixed here.
        "shares": [point_ for point_, _ in opened.values()],
    }
