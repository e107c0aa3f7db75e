"""Where a ceremony stands: what its trustees are heard to have signed, and what a node says beyond that."""

from collections.abc import Collection

from beffroi.ballots.keycheck import CeremonyReplay
from beffroi.consultation.phases import Phase, Progress


def heard(said: CeremonyReplay, index: int) -> list[str]:
    """What a trustee has done, by what was signed."""
    return _among(index, said.enrolled, said.promised, said.deals, said.acknowledged, said.excluded)


def unshown(said: CeremonyReplay, at: Progress, index: int) -> list[str]:
    """What a node says that a trustee has done, and shows nothing signed that bears it out."""
    known = heard(said, index)
    told = _among(index, at.enrolled, at.committed, at.dealt, at.acknowledged, at.excluded)
    return [word for word in told if word not in known]


def standing(said: CeremonyReplay, at: Progress) -> list[str]:
    """Where a ceremony stands and who did what, a line each; what only the node says, is said to be its word."""
    if said.ceremony is None:
        return []
    number, phase = said.ceremony.id, at.phase.name.lower().replace("_", " ")
    lines = [f"Ceremony {number}, as this node tells: {phase}"]
    doubt = said.disbelief() or (said.problem() if at.phase is Phase.KEY_READY else "")
    lines += [f"DO NOT RELY ON THIS: {doubt}."] if doubt else []
    for index, account in enumerate(said.ceremony.trustees, 1):
        did = ", ".join(heard(said, index)) or "nothing yet"
        more = ", ".join(unshown(said, at, index))
        aside = f"; {more}, the node says so, and shows no signature" if more else ""
        lines.append(f"  trustee {index}, 0x{account.hex()}: {did}{aside}")
    return lines


def _among(index: int, *who: Collection[int]) -> list[str]:
    words = ("enrolled", "committed", "dealt", "acknowledged the key", "EXCLUDED")
    return [word for word, acted in zip(words, who, strict=True) if index in acted]
