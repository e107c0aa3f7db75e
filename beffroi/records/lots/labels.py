"""Which labels a lot bears: a certificate for each lot that it began with, and nothing in between that does not stand.

A certificate is about one product of one maker, as certifiers sign them: it serves every lot of a year, and one bit
revokes it. What it certified is asked of the time when the lot was made, and of the time when that was told on the
chain; whether it is revoked, of now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from beffroi.chain.announcing import moment
from beffroi.records.definition import Definition, SchemaField
from beffroi.records.lots import naming
from beffroi.records.lots.event import MAKING, EventKind, LotError
from beffroi.records.lots.eventpapers import PaperStanding, SealedEvent
from beffroi.records.lots.finding import UNSOUND
from beffroi.records.lots.lotstory import Story
from beffroi.records.lots.recall import require_lot
from beffroi.records.openbatch import OpenBatch
from beffroi.records.paper import PaperRef

FIELDS: Final = (SchemaField("maker", "address"), SchemaField("product"), SchemaField("party", required=False))
"""Those of a label's schema, whose name is the label's."""


@dataclass(frozen=True)
class LotCertificate:
    """A certifier's paper about a product of a maker.

    Attributes:
        ref: the paper.
        maker: the issuer of the series in which its lots are told, an address in small letters.
        product: its name.
        from_s: unix seconds from which it holds.
        until_s: unix seconds at which it ends; 0 when it does not.
        standing: of the paper, now.
        accredited_until_s: unix seconds until which the certifier was accredited.
        issued_s: unix seconds of the block in which it was issued; None where that is not known.
    """

    ref: PaperRef
    maker: str
    product: str
    from_s: int
    until_s: int
    standing: PaperStanding = PaperStanding.STANDS
    accredited_until_s: int = 2**40 - 1
    issued_s: int | None = None

    def problem(self, made_at_ms: int, told_s: int | None = None) -> str | None:
        """Why it says nothing of a lot; None where it does.

        Args:
            made_at_ms: when the lot was made, Unix milliseconds.
            told_s: when the paper that says so was issued, unix seconds; None where that is not known.
        """
        said = self._standing_problem() or self._time_problem(made_at_ms // 1000) or self._issue_problem(told_s)
        return f"certificate {self.ref.number} of {self.ref.issuer} {said}" if said else None

    def _standing_problem(self) -> str | None:
        return {
            PaperStanding.STANDS: None,
            PaperStanding.UNSEALED: "is not on the chain",
            PaperStanding.STRANGER: "is of a label that no office of the town opened",
        }.get(self.standing, f"is {self.standing}")

    def _time_problem(self, made_s: int) -> str | None:
        if self.until_s and made_s >= self.until_s:
            return f"had ended on {moment(self.until_s)}"
        if made_s < self.from_s:
            return f"begins on {moment(self.from_s)}"
        if made_s >= self.accredited_until_s:
            return f"is of a certifier accredited until {moment(self.accredited_until_s)}, not when the lot was made"
        return None

    def _issue_problem(self, told_s: int | None) -> str | None:
        if told_s is None:
            return None
        if self.issued_s is not None and self.issued_s > told_s:
            return f"was issued on {moment(self.issued_s)}, after the lot was told of"
        if self.until_s and told_s >= self.until_s:
            return f"had ended on {moment(self.until_s)}, before the lot was told of"
        return None


def label(name: str) -> Definition:
    """The schema of a label of that name."""
    return Definition(name, FIELDS)


def is_label(definition: Definition) -> bool:
    """Whether a schema is a label's."""
    return definition.fields == FIELDS


def certificates_of(batch: OpenBatch) -> list[LotCertificate]:
    """The certificates of a batch.

    Raises:
        LotError: it is of no label, or a product's name is none.
    """
    if not is_label(batch.definition):
        raise LotError(f"the batch's papers are of {batch.definition.name!r}, which is no label")
    told = []
    for paper in batch.papers:
        product = paper.values["product"]
        if naming.uri(product) != product:
            raise LotError(f"paper {paper.ref.number}: {product!r:.80} is written {naming.uri(product)!r:.80} here")
        told.append(LotCertificate(paper.ref, paper.values["maker"], product, paper.from_s, paper.until_s))
    return told


def doubts(story: Story, lot: str, certificates: Sequence[LotCertificate]) -> list[str]:
    """Why a lot does not bear a label, a sentence each; none where it does.

    Args:
        story: that events tell.
        lot: its name.
        certificates: those of the label, of every certifier.

    Raises:
        LotError: nothing is told of the lot.
    """
    require_lot(story, lot)
    by_product: dict[tuple[str, str], list[LotCertificate]] = {}
    for it in certificates:
        by_product.setdefault((it.maker.lower(), it.product), []).append(it)
    unsound: dict[int | str, list[str]] = {}
    for finding in story.findings:
        if finding.doubt in UNSOUND:
            keys = [finding.place] if finding.place is not None else finding.about
            for key in keys:
                unsound.setdefault(key, []).append(finding.words)
    found: dict[str, None] = {}
    reached, ways = {lot}, [lot]
    for name in ways:
        places = story.made_by.get(name, ())
        found |= dict.fromkeys([*unsound.get(name, ()), *([] if places else [_unmade(story, name)])])
        for place in places:
            found |= dict.fromkeys([*unsound.get(place, ()), *_of_maker(story.events[place], name, by_product)])
            new = [it for it in story.of.get(place, ()) if it not in reached]
            reached.update(new)
            ways += new
    return [*found]


def _unmade(story: Story, lot: str) -> str:
    """Why a lot is nobody's that is heard."""
    for sealed in story.events:
        if not sealed.counts and sealed.event.kind in MAKING and lot in {it.name for it in sealed.event.outputs}:
            return f"{lot}: the {sealed.event.kind} that made it is {sealed.standing}"
    return f"{lot}: no event that is heard made it"


def _of_maker(
    sealed: SealedEvent, lot: str, by_product: Mapping[tuple[str, str], Sequence[LotCertificate]]
) -> list[str]:
    """What speaks against what an event made of it."""
    if sealed.standing is not PaperStanding.STANDS:
        return [f"{lot}: the {sealed.event.kind} that made it is {sealed.standing}"]
    if sealed.event.kind is not EventKind.COMMISSION:
        return []
    product = naming.product(lot)
    certificates = by_product.get((sealed.ref.issuer.lower(), product), ())
    problems = [it.problem(sealed.event.at_ms, sealed.issued_s) for it in certificates]
    if None in problems:
        return []
    why = "; ".join(it for it in problems if it) or f"no certificate of {product} for {sealed.ref.issuer}"
    return [f"{lot}: {why}"]
