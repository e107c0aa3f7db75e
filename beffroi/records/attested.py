"""The contract Attestations: who certifies under which schema, which batches stand there, whether a paper holds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from beffroi.chain.code import is_contract
from beffroi.chain.contract import Contract, Event
from beffroi.chain.reverts import revert_data
from beffroi.chain.rpc import Rpc, RpcError
from beffroi.chain.sender import Sender
from beffroi.chain.transaction import Call, Signer
from beffroi.errors import InputError, StateError
from beffroi.records.definition import Definition
from beffroi.records.paper import Paper
from beffroi.records.paperbatch import IssuableBatch
from beffroi.records.paperfile import Home, hexed
from beffroi.town.manifest import Manifest

BITS = 256
"""Papers in a word of marks."""
MAGIC = bytes.fromhex("1626ba7e")
"""What a smart account answers to `isValidSignature` when it signed (ERC-1271)."""
_ERC_1271 = {
    "type": "function",
    "name": "isValidSignature",
    "stateMutability": "view",
    "inputs": [{"name": "hash", "type": "bytes32"}, {"name": "signature", "type": "bytes"}],
    "outputs": [{"name": "", "type": "bytes4"}],
}


class NoSeriesError(StateError):
    """There is no schema of that number, or nobody was accredited under it by that name."""


@dataclass(frozen=True)
class SeriesName:
    """A series, as people write it: `3:0x…`.

    Attributes:
        schema: its number.
        issuer: the account that was first accredited.
    """

    schema: int
    issuer: str


@dataclass(frozen=True)
class IssuedBatch:
    """A batch as the chain tells of it.

    Attributes:
        root: 32 bytes.
        first: the number of its first paper.
        count: how many it has.
        uri: where it is published; empty when it is not.
        issued_at_s: unix seconds.
        block: in which it was issued.
        transaction: that issued it, 0x-hex.
    """

    root: bytes
    first: int
    count: int
    uri: str
    issued_at_s: int
    block: int
    transaction: str


@dataclass(frozen=True)
class Attested:
    """The contract, through a node.

    Attributes:
        rpc: the node.
        contract: Attestations.
        chain_id: of the chain.
        start_block: before which it was not there.
    """

    rpc: Rpc
    contract: Contract
    chain_id: int
    start_block: int = 0

    @classmethod
    def of(cls, rpc: Rpc, manifest: Manifest) -> "Attested":
        """A town's.

        Raises:
            KeyError: it has none.
        """
        contract = Contract.built("Attestations", manifest.address("Attestations"))
        return cls(rpc, contract, manifest.chain_id, manifest.start_block)

    @property
    def home(self) -> Home:
        """As papers name it."""
        return Home(self.chain_id, self.contract.address)

    def definition(self, schema: int) -> Definition:
        """What papers of a schema say, by the schema's own URI.

        Raises:
            NoSeriesError: there is no such schema.
            InputError: the URI does not hold it.
        """
        if schema not in self._definitions:
            self._definitions[schema] = Definition.of_uri(self._opened(schema).args["uri"])
        return self._definitions[schema]

    def accreditor(self, schema: int) -> str:
        """Who opened a schema, and accredits issuers under it.

        Raises:
            NoSeriesError: there is no such schema.
        """
        return str(self._opened(schema).args["accreditor"])

    def _opened(self, schema: int) -> Event:
        told = self.contract.events(self.rpc, "SchemaOpened", first=self.start_block, about=schema)
        if (event := next(told, None)) is None:
            raise NoSeriesError(f"there is no schema {schema}")
        return event

    @cached_property
    def _definitions(self) -> dict[int, Definition]:
        """Schemas that were asked for: what one says stands for good."""
        return {}

    def next_number(self, series: SeriesName) -> int:
        """The number of a series' next paper.

        Raises:
            NoSeriesError: nobody was accredited by that name.
        """
        return self.series(series)[2]

    def series(self, series: SeriesName, block: int | str = "latest") -> tuple[str, int, int]:
        """Its key, when its accreditation ends (unix seconds), the number of its next paper.

        Raises:
            NoSeriesError: nobody was accredited by that name.
        """
        key, until_s, number = self.contract.read(self.rpc, "seriesOf", series.schema, series.issuer, block=block)
        if not int(key, 16):
            raise NoSeriesError(f"{series.issuer} was never accredited under schema {series.schema}")
        return key, until_s, number

    def revoked_words(self, series: SeriesName, block: int | str = "latest") -> list[int]:
        """Which of a series' papers are revoked: a bit each, 256 in a word, from number 0 to the last issued.

        Raises:
            NoSeriesError: nobody was accredited by that name.
        """
        count = -(-self.series(series, block)[2] // BITS)
        asked = [(series.schema, series.issuer, word) for word in range(count)]
        return [revoked for revoked, _ in self.contract.reads(self.rpc, "marksOf", asked, block)]

    def taken_back(self, series: SeriesName, numbers: Collection[int], block: int | str = "latest") -> set[int]:
        """Which of these papers are revoked or disowned.

        Raises:
            RpcError: the node could not say.
        """
        places = sorted({number // BITS for number in numbers})
        asked = [(series.schema, series.issuer, place) for place in places]
        marks = self.contract.reads(self.rpc, "marksOf", asked, block) if asked else []
        revoked = {place: bits for place, (bits, _) in zip(places, marks, strict=True)}
        start, end = self.contract.read(self.rpc, "disownedOf", series.schema, series.issuer, block=block)
        return {it for it in numbers if start <= it < end or revoked[it // BITS] >> it % BITS & 1}

    def batches(self, series: SeriesName) -> Iterator[IssuedBatch]:
        """Every batch of a series, in the order of its numbers."""
        events = self.contract.events(self.rpc, "Issued", first=self.start_block, about=series.schema)
        for event in events:
            if event.args["issuer"] != series.issuer:
                continue
            told = event.args
            at_s = self.contract.read(self.rpc, "batchOf", series.schema, series.issuer, told["root"])[0]
            yield IssuedBatch(
                told["root"], told["first"], told["count"], told["uri"], at_s, event.block, event.transaction
            )

    def open_schema(self, accreditor: Signer, definition: Definition) -> int:
        """Opens a schema whose URI holds its definition; gives its number.

        Raises:
            TransactionFailedError: the contract refuses.
        """
        receipt = self._send(accreditor, "openSchema", definition.name, definition.uri, purpose="open a schema")
        (opened,) = self.contract.logged(receipt, "SchemaOpened")
        return int(opened.args["schema"])

    def accredit(self, accreditor: Signer, series: SeriesName, until_s: int) -> None:
        """Lets an issuer issue until then (unix seconds).

        Raises:
            TransactionFailedError: the signer is not the schema's accreditor, or that is past.
        """
        self._send(accreditor, "accredit", series.schema, series.issuer, until_s, purpose="accredit an issuer")

    def disown(self, accreditor: Signer, series: SeriesName, first: int, after: int) -> None:
        """Takes papers `first` … `after` − 1 back, as never issued.

        Raises:
            TransactionFailedError: the signer is not the schema's accreditor, or another range is disowned already.
        """
        self._send(accreditor, "disown", series.schema, series.issuer, first, after, purpose="disown papers")

    def issue(
        self, poster: Signer, batch: IssuableBatch, uri: str = "", deadline_s: int = 0, signature: bytes = b""
    ) -> None:
        """Issues a batch: the series' key itself, or whoever posts what it signed (`issue_slip`).

        Raises:
            TransactionFailedError: the contract refuses.
        """
        given = (batch.schema, batch.issuer, batch.root, batch.first, len(batch), uri, deadline_s, signature)
        self._send(poster, "issue", *given, purpose=f"issue papers {batch.first} to {batch.first + len(batch) - 1}")

    def revoke(self, signer: Signer, series: SeriesName, numbers: set[int]) -> int:
        """Revokes papers, a transaction for each 256 in a row; gives how many were not revoked before.

        Raises:
            InputError: none is named, or one is not issued.
            TransactionFailedError: the signer may not.
        """
        if not numbers or not all(0 <= number < self.next_number(series) for number in numbers):
            raise InputError(f"the series has papers 0 to {self.next_number(series) - 1}")
        revoked = 0
        for place in sorted({number // BITS for number in numbers}):
            bits = sum(1 << number % BITS for number in numbers if number // BITS == place)
            already, _ = self.contract.read(self.rpc, "marksOf", series.schema, series.issuer, place)
            if new := bits & ~already:
                self._send(signer, "revoke", series.schema, series.issuer, place, new, purpose="revoke papers")
            revoked += new.bit_count()
        return revoked

    def use(self, poster: Signer, paper: Paper, purpose: bytes, deadline_s: int = 0, signature: bytes = b"") -> None:
        """Uses a paper: its subject itself, or whoever posts what it signed (`use_slip`).

        Raises:
            TransactionFailedError: the paper does not hold, was used, or is another's.
        """
        self._send(poster, "use", paper.as_tuple, purpose, deadline_s, signature, purpose="use a paper")

    def is_used(self, paper: Paper) -> bool:
        """Whether a paper was used."""
        _, used = self.contract.read(self.rpc, "marksOf", paper.schema, paper.issuer, paper.number // BITS)
        return bool(used >> paper.number % BITS & 1)

    def problems(self, paper: Paper) -> list[str]:
        """Why a paper does not hold now, or one that it rests on, a sentence each."""
        every = [*paper.all()]
        answers = self.contract.reads(self.rpc, "holds", [(it.as_tuple,) for it in every])
        return [f"paper {it.number} of {it.issuer}, schema {it.schema}: {self._why(it)}"
                for it, holds in zip(every, answers, strict=True) if not holds]  # fmt: skip

    def has_signed(self, account: str, digest: bytes, signature: bytes) -> bool:
        """Whether a smart account says that it signed (ERC-1271)."""
        code = self.rpc.call("eth_getCode", account, "latest")
        asked = Contract(account, [_ERC_1271])
        if not is_contract(code):
            return False
        try:
            return bool(asked.read(self.rpc, "isValidSignature", digest, signature) == MAGIC)
        except RpcError as error:
            if not _is_of_account(error):
                raise
            return False

    def _why(self, paper: Paper) -> str:
        _, first, count = self.contract.read(self.rpc, "batchOf", paper.schema, paper.issuer, paper.root)
        if not count:
            return f"no batch of the root {hexed(paper.root)} was issued"
        if (first, count) != (paper.first, paper.count):
            return f"its batch has papers {first} to {first + count - 1}"
        revoked, _ = self.contract.read(self.rpc, "marksOf", paper.schema, paper.issuer, paper.number // BITS)
        if revoked >> paper.number % BITS & 1:
            return "it is revoked"
        start, end = self.contract.read(self.rpc, "disownedOf", paper.schema, paper.issuer)
        return "it is disowned" if start <= paper.number < end else "it has not begun, has ended, or was changed"

    def _send(self, who: Signer, function: str, *args: object, purpose: str) -> dict[str, Any]:
        call = Call(self.contract.address, self.contract.encode(function, *args), purpose)
        return Sender(self.rpc, who).send(call)


def _is_of_account(error: RpcError) -> bool:
    """Whether a smart account itself answered so, by reverting or with what is no answer; not the node."""
    return error.code in {3, -32000} or revert_data(error) is not None
