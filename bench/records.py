"""What papers cost: a batch of one or of a million, a revocation, a use; and how fast a million are sealed."""

import resource
import time
from dataclasses import dataclass
from typing import Any

from beffroi import slips
from beffroi.chain.keys import Key
from beffroi.eip712 import Domain, Slip
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.paper import Paper
from beffroi.records.paperbatch import PaperDraft, seal
from beffroi.records.paperslips import ISSUE, use_slip
from bench.ground import Deployed, Ground, open_ground, ours
from bench.records_peers import EAS, Service
from bench.row import Row

MODULE, GAS = "records", "gas"
MILLION = 1_000_000
DEPTH_10 = 1_024
ISSUER, HOLDER = Key.derived("bench", "issuer"), Key.derived("bench", "holder")
POSTER = "0x" + "0e" * 20
FOREVER_S = 2**40 - 1
URI = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
PURPOSE = b"canteen".ljust(32, b"\0")
DEFINITION = Definition("diploma", (SchemaField("name"), SchemaField("born", "date"), SchemaField("degree"),
                                    SchemaField("grade", "integer", required=False)))  # fmt: skip


@dataclass
class _Series:
    """The only series of a contract, and the number of its next paper."""

    ground: Ground
    attestations: Deployed
    following: int = 0

    def issue(self, count: int, root: bytes, *, by_slip: bool = False) -> int:
        """The gas of a batch."""
        said = (1, ISSUER.address, root, self.following, count, URI, slips.FOREVER)
        self.following += count
        if not by_slip:
            return self.attestations.send(ISSUER.address, "issue", *said, b"")
        return self.attestations.send(POSTER, "issue", *said, self.signed(ISSUER, ISSUE.of(*said)))

    def revoke(self, word: int, bits: int) -> int:
        """The gas of a revocation."""
        return self.attestations.send(ISSUER.address, "revoke", 1, ISSUER.address, word, bits)

    def use(self, paper: Paper, *, by_slip: bool = False) -> int:
        """The gas of a use."""
        signature = self.signed(HOLDER, use_slip(paper, PURPOSE, slips.FOREVER)) if by_slip else b""
        said: tuple[Any, ...] = (paper.as_tuple, PURPOSE, slips.FOREVER, signature)
        return self.attestations.send(POSTER if by_slip else HOLDER.address, "use", *said)

    def signed(self, key: Key, slip: Slip) -> bytes:
        """A key's signature of a slip for the contract."""
        return slips.sign(key.secret, slip, Domain("Attestations", self.ground.chain_id, self.attestations.address))


def rows() -> list[Row]:
    """Every figure."""
    return gas_rows() + sealing_rows()


def gas_rows() -> list[Row]:
    """What each act costs."""
    with open_ground() as ground:
        attestations = ground.deploy(ours("Attestations"))
        attestations.send(ISSUER.address, "openSchema", "diploma", "")
        attestations.send(ISSUER.address, "accredit", 1, ISSUER.address, FOREVER_S)
        series = _Series(ground, attestations)
        service = Service(ground, ISSUER)
        service.attest_by_signature(b"\1" * 32, POSTER)  # its issuer's first signature, as ours has issued before
        beside = {
            "a batch of one paper": service.attest(b"\2" * 32),
            "a batch of a million papers": service.attest(b"\3" * 32),
            "a batch of a million papers, by slip": service.attest_by_signature(b"\4" * 32, POSTER),
            "revoke one in a known word": service.revoke(b"\5" * 32),
        }
        return [_row(*figure, beside.get(figure[0])) for figure in [*_batches(series), *_marks(series)]]


def sealing_rows() -> list[Row]:
    """A million papers of four fields, sealed by one process."""
    drafts = [PaperDraft(_said(number), f"0x{number + 1:040x}") for number in range(MILLION)]
    started = time.monotonic()
    seal(DEFINITION, 1, ISSUER.address, 0, drafts)
    seconds = time.monotonic() - started
    most_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    return [
        Row(MODULE, "seal a million papers of four fields", "s", round(seconds, 1), ceiling=60),
        Row(MODULE, "seal a million papers, the process's most memory", "MiB", round(most_mib), ceiling=2_048),
    ]


def _batches(series: _Series) -> list[tuple[str, int, int]]:
    return [
        ("a batch, the first of its series", series.issue(1, b"\1" * 32), 62_000),
        ("a batch of one paper", series.issue(1, b"\2" * 32), 62_000),
        ("a batch of a million papers", series.issue(MILLION, b"\3" * 32), 62_000),
        ("a batch of a million papers, by slip", series.issue(MILLION, b"\4" * 32, by_slip=True), 68_000),
    ]


def _marks(series: _Series) -> list[tuple[str, int, int]]:
    drafts = [PaperDraft(_said(number), HOLDER.address) for number in range(DEPTH_10)]
    seeds = b"".join(number.to_bytes(32) for number in range(1, DEPTH_10 + 1))
    batch = seal(DEFINITION, 1, ISSUER.address, series.following, drafts, seeds=seeds)
    series.issue(len(batch), batch.root)
    papers = [batch.paper(batch.first + place).paper for place in range(300, 303)]
    return [
        ("revoke one, the first of its 256", series.revoke(0, 1), 60_000),
        ("revoke one in a known word", series.revoke(0, 2), 37_000),
        ("revoke 256 at once", series.revoke(1, 2**256 - 1), 60_000),
        ("use a paper of 1,024, the first of its 256", series.use(papers[0]), 78_000),
        ("use a paper of 1,024 in a known word", series.use(papers[1]), 59_000),
        ("use a paper of 1,024 in a known word, by slip", series.use(papers[2], by_slip=True), 59_000),
    ]


def _row(operation: str, gas: int, ceiling: int, eas: int | None) -> Row:
    return Row(MODULE, operation, GAS, gas, {} if eas is None else {EAS: eas}, ceiling)


def _said(number: int) -> dict[str, str | None]:
    return {"name": f"Resident {number}", "born": "2000-02-29", "degree": "Licence", "grade": str(number % 20)}
