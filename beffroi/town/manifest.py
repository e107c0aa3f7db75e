"""What stands where: `deployments/<chainId>/<town>.json`, the one file that scripts and the dApp read.

The chain is the journal and the manifest a record of it: without the file, or with an old one, it is written anew.
Once a contract has taken over from another, the place of the latter stands in this file alone: keep copies.
"""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel

from beffroi.chain.artifacts import ROOT
from beffroi.errors import ChainError, InputError
from beffroi.textfile import write_whole

DEPLOYMENTS = ROOT / "deployments"
MAX_SAFE_INTEGER = 2**53 - 1


class ManifestError(InputError):
    """The manifest cannot be read."""


class ChainResetError(ChainError):
    """The manifest tells of another chain that had the same id."""


class _Record(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, validate_by_alias=True, extra="forbid", frozen=True
    )


class ContractRecord(_Record):
    """A deployed contract.

    Attributes:
        contract: its name in the build; the key by which it is found is its name in the town.
        address: where it is.
        arguments: of its constructor, by name; integers beyond 2⁵³ as decimal text.
        creation_code_hash: keccak-256 of the creation code, without arguments.
        initcode_hash: the same with them; with the salt it makes the address.
        runtime_code_hash: keccak-256 of the code on chain.
        block: in which it was created.
        transaction: which created it.
    """

    contract: str
    address: str
    arguments: dict[str, Any]
    creation_code_hash: str
    initcode_hash: str
    runtime_code_hash: str
    block: int
    transaction: str


class AuthorityRecord(_Record):
    """Who might do what by the last deployment: what is found so is its work, and the rest somebody else's.

    Attributes:
        members: role → account → delay in seconds.
        functions: contract → selector → role.
        settings: setter → role or contract → value.
    """

    members: dict[int, dict[str, int]]
    functions: dict[str, dict[str, int]]
    settings: dict[str, dict[str, int]]


class Manifest(_Record):
    """A deployed town.

    Attributes:
        town: the short name, as in its file.
        name: the town's name.
        chain_id: of the chain it is on.
        genesis_hash: which tells that chain from another with the same id.
        deployer: the first admin, an argument of Town's constructor.
        solc: the compiler's full version.
        start_block: the block of Town: before it, no event.
        contracts: by their names in the town.
        acts: the transactions that wired the town, by step.
        authority: who might do what when it was wired last; None before.
        successions: a contract's name → that of the one that took over from it, once that one has its offices.
    """

    town: str
    name: str
    chain_id: int
    genesis_hash: str
    deployer: str
    solc: str
    start_block: int
    contracts: dict[str, ContractRecord]
    acts: dict[str, str]
    authority: AuthorityRecord | None = None
    successions: dict[str, str] = {}

    def address(self, contract: str) -> str:
        """Where a contract is.

        Raises:
            KeyError: the town has none of that name.
        """
        return self.contracts[contract].address

    def instances(self, built: str) -> list[str]:
        """The names of all that play the part of a contract in the build: whom nobody took over from come first."""
        named = [name for name, record in self.contracts.items() if record.contract == built]
        return sorted(named, key=lambda name: name in self.successions)


def manifest_path(chain_id: int, town: str, folder: Path = DEPLOYMENTS) -> Path:
    """Where a town's manifest is."""
    return folder / str(chain_id) / f"{town}.json"


def journal_path(chain_id: int, genesis_hash: str, account: str, folder: Path = DEPLOYMENTS) -> Path:
    """Where the journal of an account is on a chain: one for all towns, as its nonces are."""
    return folder / str(chain_id) / "journals" / f"{genesis_hash[2:14]}-{account}.json"


def read_manifest(path: Path, genesis_hash: str | None = None) -> Manifest | None:
    """The manifest at that path, or None when there is none.

    Args:
        path: of the file.
        genesis_hash: of the chain that is there now; not compared when None.

    Raises:
        ManifestError: the file is not a manifest.
        ChainResetError: it tells of a chain that is gone.
    """
    if not path.exists():
        return None
    try:
        manifest = Manifest.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise ManifestError(f"{path} is not a manifest: move it away, it is written anew from the chain") from error
    if genesis_hash is not None and manifest.genesis_hash != genesis_hash:
        raise ChainResetError(
            f"{path} tells of a chain {manifest.chain_id} that began with {manifest.genesis_hash}, and this one with "
            f"{genesis_hash}: the chain was reset, or it is another. If the old one is gone for good, move the file "
            "away and start again; otherwise choose the right network"
        )
    return manifest


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Writes the file whole or not at all, even if the machine stops midway."""
    write_whole(path, manifest.model_dump_json(by_alias=True, indent=2) + "\n")


def recorded(value: Any) -> Any:
    """A constructor argument as the manifest has it, which JavaScript reads without loss."""
    if isinstance(value, dict):
        return {key: recorded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [recorded(inner) for inner in value]
    if isinstance(value, bytes):
        return "0x" + value.hex()
    return str(value) if isinstance(value, int) and abs(value) > MAX_SAFE_INTEGER else value
