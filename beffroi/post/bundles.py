"""Slips, sorted into transactions that would succeed: sized by gas and bytes, what the chain refuses left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from beffroi.chain.rpc import Rpc, RpcError, RpcUnreachableError
from beffroi.chain.sizing import parts
from beffroi.chain.transaction import Call, request
from beffroi.post.kinds.reasons import STARVED, UNTOLD, of_error
from beffroi.post.model import SINGLE, Kind, Refusal, Taken
from beffroi.post.privacy import log_failure

ANSWER_GAS = 210_000
"""What a smart account may spend to answer (ERC-1271), and what EIP-150 keeps back of it."""
MOST_BYTES = 126_000
"""Of calldata: nodes pass on no transaction above 128 KiB (go-ethereum's txMaxSize)."""
BROKEN = Refusal("internal_error", message="the post office cannot make a transaction of this slip", passing=True)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Slips that share a transaction, which has been simulated.

    Attributes:
        kind: the name of their kind.
        lane: theirs.
        taken: the slips, in order.
        call: the transaction.
        gas_limit: units.
    """

    kind: str
    lane: str
    taken: Sequence[Taken]
    call: Call
    gas_limit: int


@dataclass
class Sorted:
    """What becomes of slips.

    Attributes:
        bundles: to be sent, in order.
        refused: why not, by slip.
    """

    bundles: list[Bundle] = field(default_factory=list)
    refused: dict[bytes, Refusal] = field(default_factory=dict)


@dataclass(frozen=True)
class Sorter:
    """Sorts slips for one sender.

    Args:
        rpc: the node on which transactions are simulated.
        kinds: by name.
        sender: whose transactions they will be.
    """

    rpc: Rpc
    kinds: Mapping[str, Kind]
    sender: str

    def sort(self, taken: Sequence[Taken], most_gas: int) -> Sorted:
        """Bundles of at most `most_gas`; a slip that is bad, or not understood, costs no other its place.

        Raises:
            RpcUnreachableError: the node does not answer.
        """
        sorted_ = Sorted()
        lanes: dict[tuple[str, str], list[Taken]] = {}
        for it in taken:
            lanes.setdefault((it.queued.kind, it.queued.lane), []).append(it)
        for (name, lane), queued_slips in lanes.items():
            kind = self.kinds[name]
            most = 1 if lane.startswith(SINGLE) else kind.most_in_batch
            # Those whose transaction came to nothing are tried in ever smaller company.
            most_each = [max(1, most >> it.attempts) for it in queued_slips]
            gas_each = [gas_of(kind, it) for it in queued_slips]
            for chunk, _ in parts(queued_slips, gas_each, base=kind.gas_base, most_each=most_each, limit=most_gas):
                self._sort(kind, chunk, most_gas, sorted_)
        return sorted_

    def _sort(self, kind: Kind, chunk: Sequence[Taken], most_gas: int, into: Sorted) -> None:
        refused = self._prechecked(kind, chunk)
        into.refused |= refused
        if sound := [it for it in chunk if it.queued.id not in refused]:
            self._fit(kind, sound, most_gas, into)

    def _prechecked(self, kind: Kind, queued_slips: Sequence[Taken]) -> dict[bytes, Refusal]:
        """By slip, what the chain would refuse now; what one alone brings about befalls no other."""
        try:
            told = kind.precheck(self.rpc, [it.queued for it in queued_slips])
        except RpcUnreachableError:
            raise
        except Exception as error:  # noqa: BLE001, one kind's fault is not to stop the others
            if len(queued_slips) > 1:
                middle = len(queued_slips) // 2
                return self._prechecked(kind, queued_slips[:middle]) | self._prechecked(kind, queued_slips[middle:])
            if isinstance(error, RpcError):
                return {queued_slips[0].queued.id: UNTOLD}
            log_failure(f"the check of {kind.name}", error)
            return {}
        return {queued_slips[place].queued.id: why for place, why in told.items()}

    def _fit(self, kind: Kind, queued_slips: Sequence[Taken], most_gas: int, into: Sorted) -> None:
        """One bundle where it would succeed and is not too large, else each half for itself."""
        why: Refusal | None = None
        gas_limit = min(most_gas, kind.gas_base + sum(gas_of(kind, it) for it in queued_slips))
        try:
            call = kind.batch([it.queued for it in queued_slips])
        except RpcUnreachableError:
            raise
        except RpcError:
            why = UNTOLD
        except Exception as error:  # noqa: BLE001, likewise; the slips at fault are found by halves
            log_failure(f"making a batch of {kind.name}", error)
            why = BROKEN
        else:
            if len(call.data) > MOST_BYTES:
                why = Refusal("body_too_large", message="the slip is larger than a transaction may be")
            else:
                why = self._simulated(call, gas_limit)
                if why and why.name in STARVED:
                    # Smart accounts answer for their signatures: each may spend what the contract promises.
                    gas_limit = min(most_gas, gas_limit + ANSWER_GAS * len(queued_slips))
                    why = self._simulated(call, gas_limit)
            if why is None:
                into.bundles.append(Bundle(kind.name, queued_slips[0].queued.lane, queued_slips, call, gas_limit))
                return
        if len(queued_slips) == 1:
            into.refused[queued_slips[0].queued.id] = why
            return
        middle = len(queued_slips) // 2
        self._fit(kind, queued_slips[:middle], most_gas, into)
        self._fit(kind, queued_slips[middle:], most_gas, into)

    def _simulated(self, call: Call, gas_limit: int) -> Refusal | None:
        """Why the transaction would revert now; None when it would not."""
        asked = request(self.sender, call.to, call.data, gas_limit)
        (answer,) = self.rpc.batch([("eth_call", [asked, "latest"])])
        return of_error(answer) if isinstance(answer, RpcError) else None


def gas_of(kind: Kind, taken: Taken) -> int:
    """Units that a slip may take, a smart account's answer included: no other of its batch is left with less."""
    return taken.queued.gas or kind.estimate_each()
