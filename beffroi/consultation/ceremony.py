"""The key ceremony, step by step: trustees of opposing sides make a key of which no one holds the whole.

What a trustee does next depends only on the chain and on her key file, so that one command serves every step and may
be given as often as she likes. The bytes: `docs/ceremony-format.md`.
"""

from collections.abc import Callable, Iterator, Sequence

from beffroi.ballots.acknowledged import Panel
from beffroi.ballots.keycheck import CeremonyReplay, too_smart
from beffroi.ballots.keyfiles import KeyFile, TrusteeSecret
from beffroi.ballots.transcript import to_address
from beffroi.ballots.trustee_keys import TrusteeKeys
from beffroi.chain.abi import AbiError
from beffroi.chain.code import contracts_among
from beffroi.chain.sender import TransactionFailedError
from beffroi.chain.transaction import Signer
from beffroi.consultation.phases import Phase, Progress
from beffroi.consultation.polls import ConsultationError, Polls
from beffroi.consultation.promised import Promise
from beffroi.consultation.rulebook import require_phases
from beffroi.consultation.told import member
from beffroi.consultation.trustee import Trustee, ceremony_of
from beffroi.consultation.trustee_steps import SignedStep, from_lines
from beffroi.plain import plain


def open_ceremony(
    polls: Polls,
    officer: Signer,
    trustees: Sequence[str],
    threshold: int,
    durations_s: tuple[int, int, int, int, int],
    *,
    reserved: bool = False,
) -> int:
    """Opens a ceremony and gives its number.

    Args:
        polls: the contracts.
        officer: the returning officer.
        trustees: their accounts, in any order.
        threshold: how many are needed to open the result.
        durations_s: of enrolment, commitment, dealing, complaints and acknowledgement.
        reserved: keeps the key for what the returning officer opens; no contract that calls a vote may take it.

    Raises:
        ConsultationError: more than t − 2 of the trustees are smart accounts; nothing was sent.
        TransactionFailedError: the signer is not the returning officer, or the ceremony cannot be.
    """
    accounts = sorted(trustees, key=str.lower)
    require_phases(polls, durations_s)
    if doubt := too_smart(contracts_among(polls.rpc, accounts), threshold):
        raise ConsultationError(doubt)
    terms = (polls.consultations.address, accounts, threshold, reserved, list(durations_s))
    receipt = polls.act(officer, polls.ceremonies, "open", *terms, purpose="open a key ceremony")
    (opened,) = polls.ceremonies.logged(receipt, "CeremonyOpened")
    return int(opened.args["id"])


def panel(polls: Polls, number: int, trustees: Sequence[str], threshold: int) -> Panel:
    """Who must have signed a key before voters believe it: those whom the returning officer appointed.

    Args:
        polls: the contracts.
        number: of the ceremony.
        trustees: their accounts, in any order, as they were appointed: the node's word is not asked for them.
        threshold: how many of them open a result.

    Raises:
        ConsultationError: the ceremony, as this node shows it, has other trustees or needs another number of them.
        PanelError: these can be no trustees.
    """
    appointed = Panel.from_dict({"needed": threshold, "trustees": sorted(map(str.lower, trustees))})
    pins = polls.pins(number)
    if (shown := Panel(pins.threshold, pins.trustees)) != appointed:
        told = ", ".join(shown.as_dict()["trustees"])
        raise ConsultationError(
            f"these are not the trustees of ceremony {number}, as this node shows it: there {shown.needed} of {told} "
            "open a result. Nothing was written: one of the accounts was mistyped, the number is another ceremony's, "
            "or the node lies. Look by another node, and go by whom you appointed"
        )
    return appointed


def progress(polls: Polls, number: int) -> Progress:
    """Where the ceremony stands, by the contract's own word."""
    phase, ends_at = polls.ceremonies.read(polls.rpc, "phase", number)
    masks = polls.ceremonies.read(polls.rpc, "acts", number)
    acted = (frozenset(j for j in range(1, 17) if it >> (j - 1) & 1) for it in masks)
    return Progress(member(Phase, phase), ends_at, *acted)


def has_taken(polls: Polls, step: SignedStep) -> bool:
    """Whether the contract has this trustee's step already."""
    number, index = step.slip.values[:2]
    at, said = progress(polls, number), step.function
    if said == "complain":
        return bool({index, step.arguments[0]} & at.excluded)
    return (
        index in {"enrol": at.enrolled, "commit": at.committed, "deal": at.dealt, "acknowledge": at.acknowledged}[said]
    )


def post_all(polls: Polls, poster: Signer, text: str) -> Iterator[str]:
    """Posts the steps of a file, one a line, and says of each what became of it; safe to repeat.

    Whoever may append to the file may write what the contract refuses: it is named and left out, and the others go on.

    Args:
        polls: the contracts.
        poster: who pays.
        text: of the file.

    Raises:
        RpcUnreachableError: the node does not answer; what is said so far is done.
    """
    for place, read in from_lines(polls, text):
        if isinstance(read, ConsultationError):
            yield f"Line {place} is left out: {plain(str(read))}."
            continue
        number, index = read.slip.values[:2]
        try:
            if has_taken(polls, read):
                yield f"Trustee {index}, {read.function}: done already, as this node shows it."
                continue
            sent = read.post(polls, poster, f"post a trustee's step ({read.function})")
        except (AbiError, TransactionFailedError) as error:
            yield f"Line {place} is left out: {plain(str(error))}."
            continue
        yield f"Trustee {index} of ceremony {number}, {read.function}: {int(sent['gasUsed'], 16):,} gas."


def move_on(polls: Polls, number: int, anyone: Signer) -> str:
    """Ends the phase if its time is over, which anyone may do; empty when there is nothing to end."""
    at = progress(polls, number)
    if at.phase in {Phase.NONE, Phase.KEY_READY, Phase.KEY_FAILED} or polls.now_s() < at.ends_at:
        return ""
    if at.phase is not Phase.COMPLAINTS:
        polls.act(anyone, polls.ceremonies, "advance", number, purpose=f"end the {at.phase.name.lower()} phase")
        return f"Time was over: the {at.phase.name.lower()} phase is ended."
    deals = [deal.as_tuple() for deal in polls.ceremony(number).qualified.values()]
    polls.act(anyone, polls.ceremonies, "conclude", number, deals, purpose="conclude the ceremony")
    return "Nobody may complain any more: the ceremony is concluded."


def trustee_keys(said: CeremonyReplay, index: int, secret: TrusteeSecret) -> TrusteeKeys:
    """The keys of the trustee at an index.

    Raises:
        ConsultationError: she enrolled with another key file.
    """
    ceremony = ceremony_of(said)
    keys = TrusteeKeys(ceremony.place(index), secret)
    if index in said.enrolled and said.enrolled[index] != keys.encryption:
        raise ConsultationError(
            f"this is not the key file with which trustee {index} enrolled in ceremony {ceremony.id}"
        )
    return keys


def take_step(
    polls: Polls,
    number: int,
    trustee: Signer,
    key: KeyFile,
    promise: Promise,
    hand: Callable[[SignedStep], None] | None = None,
) -> list[str]:
    """Does whatever this trustee has to do now, and says in plain words what it was; safe to repeat.

    Args:
        polls: the contracts.
        number: of the ceremony.
        trustee: who signs; she posts it too, unless it is handed on.
        key: hers.
        promise: remembers what she may say once alone, in her key file, before anybody sees a signature.
        hand: takes what she signs instead, for somebody else to post; nothing is sent then.

    Raises:
        ConsultationError: the key file was made for another place or ceremony or is another's, the account is no
            trustee of this ceremony, or the node tells what trustees did not sign; nothing was sent.
        TransactionFailedError: the contract refuses.
    """
    # The masks first: what is done between the two readings is then shown, not missing.
    at, said = progress(polls, number), polls.require_pinned(number, key.pins)
    ended = move_on(polls, number, trustee) if hand is None else ""
    if ended:
        at, said = progress(polls, number), polls.require_pinned(number, key.pins)
    ceremony = ceremony_of(said)
    account = to_address(str(trustee.address))
    if account not in ceremony.trustees:
        raise ConsultationError(f"{trustee.address} is no trustee of ceremony {number}")
    index = ceremony.trustees.index(account) + 1
    keys = trustee_keys(said, index, key.secret)
    told = [ended] if ended else []
    told += [
        f"Of trustee {it} only the contract, as this node shows it, vouches that she signed: hers is a smart account."
        for it in sorted(said.vouched - {index})
    ]
    return [*told, *Trustee(polls, trustee, said, keys, promise, hand).act(at)]
