"""Papers as files: a batch as lines of JSON, a paper as one JSON. Bytes: docs/papers-format.md."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi import csvfile
from beffroi.eip712 import Domain
from beffroi.errors import InputError
from beffroi.records.claims import PaperClaim
from beffroi.records.definition import Definition
from beffroi.records.paper import DEEPEST, NOBODY, OwnPaper, Paper, PaperError
from beffroi.records.paperbatch import PaperDraft, SealedBatch, seal
from beffroi.textfile import json_of, read_json, text_of, write_whole

PAPER, BATCH = "beffroi-paper-1", "beffroi-batch-1"
Parse = Callable[[Any], Any]


@dataclass(frozen=True)
class Home:
    """The contract Attestations that papers are of.

    Attributes:
        chain_id: EIP-155.
        contract: its address.
    """

    chain_id: int
    contract: str

    @property
    def domain(self) -> Domain:
        """Where slips about papers are valid."""
        return Domain("Attestations", self.chain_id, self.contract)

    @property
    def json(self) -> dict[str, Any]:
        """Its members of a file."""
        return {"chain": self.chain_id, "contract": self.contract}


def hexed(data: bytes) -> str:
    """0x-hex."""
    return "0x" + data.hex()


def members(value: Any, parsers: Mapping[str, Parse], what: str) -> dict[str, Any]:
    """The members of a JSON object, each read: all of them, and no other.

    Raises:
        PaperError: it is no such object; which member is wrong.
    """
    if not isinstance(value, dict) or value.keys() != parsers.keys():
        raise PaperError(f"{what} is an object of {', '.join(parsers)}, and nothing else")
    read = {}
    for name, parse in parsers.items():
        try:
            read[name] = parse(value[name])
        except InputError as error:
            raise PaperError(f"{name}: {error}") from error
    return read


def whole(value: Any) -> int:
    """A number from 0 to 2⁶³ − 1."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise PaperError(f"{value!r:.60} is no whole number")
    return value


def sized(bits: int) -> Parse:
    """A whole number that fits in so many bits, as a contract keeps it."""

    def parse(value: Any) -> int:
        if whole(value) >> bits:
            raise PaperError(f"{value!r:.60} is no whole number below 2^{bits}")
        return int(value)

    return parse


def moment(value: Any) -> int:
    """Unix seconds, as a contract keeps them: in 40 bits."""
    if whole(value) >= 2**40:
        raise PaperError(f"{value} is no time: seconds since 1970, less than 2^40")
    return int(value)


def word(value: Any) -> bytes:
    """32 bytes in hexadecimal."""
    if not isinstance(value, str):
        raise PaperError(f"{value!r:.60} is no text")
    return csvfile.bytes32(value)


def account(value: Any) -> str:
    """An address; `NOBODY` is one here."""
    if not isinstance(value, str):
        raise PaperError(f"{value!r:.60} is no address")
    return NOBODY if value == NOBODY else csvfile.address(value)


def octets(value: Any) -> bytes:
    """Bytes in hexadecimal, as many as there are."""
    try:
        return bytes.fromhex(text(value).removeprefix("0x"))
    except ValueError as error:
        raise PaperError(f"{value!r:.60} is not 0x and hexadecimal digits") from error


def words(value: Any) -> tuple[bytes, ...]:
    """A list of 32 bytes each."""
    if not isinstance(value, list):
        raise PaperError(f"{value!r:.60} is no list")
    return tuple(map(word, value))


def text(value: Any) -> str:
    """Text."""
    if not isinstance(value, str):
        raise PaperError(f"{value!r:.60} is no text")
    return value


def said(value: Any) -> str | None:
    """Text, or null for what a paper does not say."""
    return None if value is None else text(value)


def listed(value: Any) -> Sequence[Any]:
    """A list, not empty."""
    if not isinstance(value, list) or not value:
        raise PaperError("it is no list, or an empty one")
    return value


def field_values(value: Any) -> dict[str, str | None]:
    """What a paper says, by field."""
    if not isinstance(value, dict):
        raise PaperError(f"{value!r:.60} is no object of fields and values")
    return {name: said(it) for name, it in value.items()}


def exactly(wanted: str) -> Parse:
    """That very text: the format of a file."""

    def parse(value: Any) -> str:
        if value != wanted:
            raise PaperError(f"{value!r:.60} is not {wanted!r}")
        return wanted

    return parse


def paper_json(paper: Paper) -> dict[str, Any]:
    """A paper, without what it says."""
    return {
        "schema": paper.schema,
        "issuer": paper.issuer,
        "root": hexed(paper.root),
        "first": paper.first,
        "count": paper.count,
        "number": paper.number,
        "subject": paper.subject,
        "claimsRoot": hexed(paper.claims_root),
        "parents": [*map(paper_json, paper.parents)],
        "from": paper.from_s,
        "until": paper.until_s,
        "proof": [*map(hexed, paper.proof)],
    }


def paper_of(value: Any, depth: int = 0) -> Paper:
    """The inverse of `paper_json`.

    Raises:
        PaperError: it is none.
    """
    if depth > DEEPEST:
        raise PaperError(f"more than {DEEPEST} papers stand one on another")
    parsers: dict[str, Parse] = dict.fromkeys(("schema", "first", "count", "number"), whole)
    parsers |= {"from": moment, "until": moment}
    parsers |= {"issuer": account, "subject": account, "root": word, "claimsRoot": word, "proof": words}
    read = members(value, parsers | {"parents": lambda listed: _parents(listed, depth)}, "a paper")
    return Paper(
        read["schema"], read["issuer"], read["root"], read["first"], read["count"], read["number"], read["subject"],
        read["claimsRoot"], read["parents"], read["from"], read["until"], read["proof"],
    )  # fmt: skip


def claim_json(claim: PaperClaim) -> dict[str, Any]:
    """A field that is shown."""
    proof = [*map(hexed, claim.proof)]
    return {"name": claim.name, "value": claim.value, "salt": hexed(claim.salt), "proof": proof}


def claim_of(value: Any) -> PaperClaim:
    """The inverse of `claim_json`.

    Raises:
        PaperError: it is none.
    """
    return PaperClaim(**members(value, {"name": text, "value": said, "salt": word, "proof": words}, "a claim"))


def write_paper(path: Path, home: Home, own: OwnPaper) -> None:
    """Writes a paper for its holder, seed included: whoever has the file knows all that it says."""
    values = {field.name: value for field, value in zip(own.definition.fields, own.values, strict=True)}
    file = {"format": PAPER} | home.json | {"definition": own.definition.json, "paper": paper_json(own.paper)}
    write_whole(path, _pretty(file | {"values": values, "seed": hexed(own.seed)}), mode=0o600)


def read_paper(path: Path) -> tuple[Home, OwnPaper]:
    """A holder's paper, which is what was sealed.

    Raises:
        PaperError: it is none, or was changed.
        DefinitionError: its schema is none, or a value is not of its field's type.
    """
    parsers = _home_parsers(PAPER) | {"paper": paper_of, "values": field_values, "seed": word}
    read = members(read_json(path, PaperError, "a paper"), parsers, f"{path.name}, a paper,")
    definition = read["definition"]
    values = definition.values(read["values"])
    return Home(read["chain"], read["contract"]), OwnPaper(read["paper"], definition, values, read["seed"])


def write_batch(path: Path, home: Home, batch: SealedBatch) -> None:
    """Writes a batch: its head, then a line for each paper. Secret as the papers are."""
    head = {
        "format": BATCH, **home.json, "definition": batch.definition.json, "schema": batch.schema,
        "issuer": batch.issuer, "first": batch.first, "count": len(batch), "root": hexed(batch.root),
    }  # fmt: skip
    lines = [compact(head), *(compact(_draft_json(draft, batch.seed(at))) for at, draft in enumerate(batch.drafts))]
    write_whole(path, "\n".join(lines) + "\n", mode=0o600)


def read_batch(path: Path) -> tuple[Home, SealedBatch]:
    """A batch, sealed again: its root is the one that it states.

    Raises:
        PaperError: it is none, or was changed; on which line.
        SaltReusedError: two of its papers are salted alike.
        DefinitionError: a value is not of its field's type.
    """
    # Not splitlines: JSON ends no string at U+2028 or U+0085, and other engines none of these lines.
    numbered = enumerate(text_of(path.read_bytes()).removesuffix("\n").split("\n"), 1)
    parsers = _home_parsers(BATCH) | {"schema": whole, "issuer": account, "first": whole, "count": whole, "root": word}
    head = next(_lines(path, numbered, lambda value: members(value, parsers, "a batch's head")))
    drafts, seeds = [], bytearray()
    for draft, seed in _lines(path, numbered, _draft_of):
        drafts.append(draft)
        seeds += seed
    batch = seal(head["definition"], head["schema"], head["issuer"], head["first"], drafts, seeds=bytes(seeds))
    if (len(batch), batch.root) != (head["count"], head["root"]):
        raise PaperError(f"{path.name} was changed: its {len(batch)} papers have another root than the one it states")
    return Home(head["chain"], head["contract"]), batch


def _home_parsers(format_: str) -> dict[str, Parse]:
    return {"format": exactly(format_), "chain": whole, "contract": account, "definition": Definition.of}


def _lines(path: Path, numbered: Iterator[tuple[int, str]], parse: Parse) -> Iterator[Any]:
    for number, line in numbered:
        try:
            yield parse(json_of(line))
        except InputError as error:
            raise PaperError(f"{path.name}, line {number}: {error}") from error


def _draft_json(draft: PaperDraft, seed: bytes) -> dict[str, Any]:
    return {
        "values": dict(draft.values), "subject": draft.subject, "from": draft.from_s, "until": draft.until_s,
        "parents": [*map(paper_json, draft.parents)], "seed": hexed(seed),
    }  # fmt: skip


def _draft_of(value: Any) -> tuple[PaperDraft, bytes]:
    parsers = {"values": field_values, "subject": account, "from": whole, "until": whole, "seed": word}
    read = members(value, parsers | {"parents": lambda listed: _parents(listed, 0)}, "a line of a batch")
    return PaperDraft(read["values"], read["subject"], read["from"], read["until"], read["parents"]), read["seed"]


def _parents(value: Any, depth: int) -> tuple[Paper, ...]:
    if not isinstance(value, list):
        raise PaperError(f"{value!r:.60} is no list of papers")
    return tuple(paper_of(parent, depth + 1) for parent in value)


def compact(value: Any) -> str:
    """JSON in one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
