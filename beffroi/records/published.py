"""What everybody may read of papers, acts and facts without a node: as of one block, and the acts' own files."""

import functools
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beffroi.chain.contract import Event
from beffroi.chain.headers import clock_s
from beffroi.chain.rpc import Rpc
from beffroi.errors import InputError
from beffroi.records.actaudit import carried_out
from beffroi.records.attested import Attested, NoSeriesError, SeriesName
from beffroi.records.council import PublishedBatch, acts_of
from beffroi.records.definition import Definition
from beffroi.records.factstold import tell_facts
from beffroi.records.paper import PaperError
from beffroi.records.paperfile import hexed
from beffroi.records.scdl import write_scdl
from beffroi.records.statuslist import status_list
from beffroi.textfile import json_of, read_text
from beffroi.town.authority import holders_of_offices
from beffroi.town.manifest import Manifest

FORMAT = "beffroi-records-1"
MOST_PAPERS = 1 << 24
"""Of a series that is published: a bit of each is in the list."""


@dataclass(frozen=True)
class ActsFile:
    """A batch of acts that a town publishes.

    Attributes:
        batch: what it says.
        text: the file, as it is.
    """

    batch: PublishedBatch
    text: str

    @classmethod
    def read(cls, path: Path) -> "ActsFile":
        """A file of acts.

        Raises:
            PaperError: it is none.
        """
        text = read_text(path, PaperError)
        return cls(acts_of(json_of(text), path.name), text)

    @property
    def name(self) -> str:
        """Under which it is published, in `acts/`."""
        return f"{hexed(self.batch.root)}.json"


@dataclass(frozen=True)
class ToldRecords:
    """Records, to be read without a node.

    Attributes:
        contract: what it says as of a block, as `records.json` has it.
        files: by their place in the town folder.
        left_out: series of more than `MOST_PAPERS`.
    """

    contract: dict[str, Any]
    files: dict[str, str]
    left_out: tuple[SeriesName, ...] = ()


def tell_records(
    rpc: Rpc, manifest: Manifest, acts: Sequence[ActsFile], named: Collection[SeriesName] = ()
) -> ToldRecords | None:
    """What a town publishes of its papers and acts; None where it has none.

    Anybody may open a schema and issue what he likes: the town's series are those under schemas that were opened by
    who holds an office of it now, and those that it names.

    Args:
        rpc: the node.
        manifest: of the town.
        acts: the files of its registers' acts.
        named: other series that it publishes as well.

    Raises:
        NoSeriesError: nobody was accredited by a name.
        PaperError: a file is of another contract, of no series of the town, not on chain as it stands, or given twice.
        RpcError: the node could not say.
    """
    if not manifest.instances("Attestations"):
        return None
    attested, block = Attested.of(rpc, manifest), rpc.number("eth_blockNumber")
    made = carried_out(rpc, manifest) if acts else ()
    calls = [{"what": it.what, "hash": hexed(it.hash), "transaction": it.transaction, "at": it.at_s}
             for it in made]  # fmt: skip
    told = functools.partial(attested.contract.events, rpc, first=attested.start_block, last=block)
    opened = [*told("SchemaOpened")]
    own = schemas_of_offices(rpc, manifest, opened)
    accredited = dict.fromkeys(SeriesName(it.args["schema"], it.args["issuer"]) for it in told("Accredited"))
    for name in set(named) - set(accredited):
        raise NoSeriesError(f"{name.issuer} was never accredited under schema {name.schema}")
    names = [it for it in accredited if it.schema in own or it in named]
    published = own | {it.schema for it in named}
    left_out = tuple(it for it in names if attested.series(it, block)[2] > MOST_PAPERS)
    series = [_series(attested, it, block) for it in names if it not in left_out]
    registers = _registers(attested, acts, series)
    contract = {
        "format": FORMAT, **attested.home.json, "block": block, "at": clock_s(rpc, hex(block)),
        "schemas": [_schema(it) for it in opened if it.args["schema"] in published],
        "series": series,
        "registers": [
            {"schema": name.schema, "issuer": name.issuer,
             "acts": [f"acts/{it.name}" for it in files], "scdl": _scdl_path(name), "calls": calls}
            for name, files in registers.items()
        ],
    }  # fmt: skip
    written = {f"acts/{file.name}": file.text for file in acts}
    written |= {_scdl_path(name): _scdl(files) for name, files in registers.items()}
    if (facts := tell_facts(rpc, manifest)) is not None:
        written["facts.json"] = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    return ToldRecords(contract, written, left_out)


def schemas_of_offices(rpc: Rpc, manifest: Manifest, opened: Sequence[Event]) -> set[int]:
    """The schemas that were opened by who holds an office of the town now.

    Args:
        rpc: the node.
        manifest: of the town.
        opened: the contract's events `SchemaOpened`.
    """
    holders = holders_of_offices(rpc, manifest)
    return {it.args["schema"] for it in opened if it.args["accreditor"] in holders}


def series_under(
    attested: Attested, schemas: Collection[int], is_asked: Callable[[Definition], bool]
) -> list[SeriesName]:
    """The series that were accredited under some schemas, whether anything of them is published or not.

    Args:
        attested: the contract.
        schemas: their numbers.
        is_asked: whether papers of a definition are asked for.

    Raises:
        RpcError: the node could not say.
    """
    accredited = attested.contract.events(attested.rpc, "Accredited", first=attested.start_block)
    names = dict.fromkeys(SeriesName(it.args["schema"], it.args["issuer"]) for it in accredited)
    return [it for it in names if it.schema in schemas and _is_of(attested, it.schema, is_asked)]


def _is_of(attested: Attested, schema: int, is_asked: Callable[[Definition], bool]) -> bool:
    try:
        return is_asked(attested.definition(schema))
    except InputError:
        return False


def _schema(opened: Event) -> dict[str, Any]:
    told = opened.args
    try:
        definition = Definition.of_uri(told["uri"]).json
    except InputError:
        definition = None
    return {"schema": told["schema"], "accreditor": told["accreditor"], "name": told["name"], "uri": told["uri"],
            "definition": definition}  # fmt: skip


def _series(attested: Attested, name: SeriesName, block: int) -> dict[str, Any]:
    key, until_s, following = attested.series(name, block)
    disowned = attested.contract.read(attested.rpc, "disownedOf", name.schema, name.issuer, block=block)
    batches = [
        {"root": hexed(it.root), "first": it.first, "count": it.count, "uri": it.uri, "issued": it.issued_at_s,
         "block": it.block, "transaction": it.transaction}
        for it in attested.batches(name) if it.block <= block
    ]  # fmt: skip
    return {"schema": name.schema, "issuer": name.issuer, "key": key, "until": until_s, "next": following,
            "disowned": [*disowned], "batches": batches,
            "revoked": status_list(attested.revoked_words(name, block))}  # fmt: skip


def _registers(
    attested: Attested, acts: Sequence[ActsFile], series: Sequence[dict[str, Any]]
) -> dict[SeriesName, list[ActsFile]]:
    issued = {
        (it["schema"], it["issuer"], batch["root"], batch["first"], batch["count"])
        for it in series for batch in it["batches"]
    }  # fmt: skip
    own = {(it["schema"], it["issuer"]) for it in series}
    if len({it.name for it in acts}) != len(acts):
        raise PaperError("a file of acts is given twice")
    found: dict[SeriesName, list[ActsFile]] = defaultdict(list)
    for file in sorted(acts, key=lambda it: it.batch.first):
        batch = file.batch
        if batch.home != attested.home:
            raise PaperError(f"the acts {hexed(batch.root)} are of {batch.home.contract}, not of this town")
        if (batch.schema, batch.issuer) not in own:
            raise PaperError(
                f"the acts {hexed(batch.root)} are of {batch.schema}:{batch.issuer}: nobody accredited it who holds an "
                "office of the town, nor was it named"
            )
        if (batch.schema, batch.issuer, hexed(batch.root), batch.first, len(batch.acts)) not in issued:
            raise PaperError(f"the acts {hexed(batch.root)}, from {batch.first} on, are not on chain, or were changed")
        found[SeriesName(batch.schema, batch.issuer)].append(file)
    return found


def _scdl(files: Sequence[ActsFile]) -> str:
    return write_scdl([act.deliberation for it in files for act in it.batch.acts if not act.individual])


def _scdl_path(name: SeriesName) -> str:
    return f"acts/{name.schema}-{name.issuer.lower()}.csv"
