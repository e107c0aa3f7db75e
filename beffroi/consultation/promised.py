"""What a trustee may say once alone: remembered before anybody sees a signature, and nothing else is signed instead."""

from collections.abc import Callable

from beffroi.consultation.polls import ConsultationError

Promise = Callable[[str, str], None]
"""Told a step in which one thing may be said, and the hash that is about to be signed; raises where it was another."""


def require_same(step: str, before: str, said: str) -> None:
    """Lets nothing be signed where something else was.

    Args:
        step: by its name, and what else makes it another, as `docs/ceremony-format.md` tells.
        before: the hash that was signed in it; empty where nothing was.
        said: the hash that is to be signed.

    Raises:
        ConsultationError: they are two.
    """
    if before not in {"", said}:
        raise ConsultationError(
            f"with this key file you signed {before} in this step ({step}), and this node would have you sign {said}. "
            "Whoever had both could show that you say two things. Nothing was signed. One of your nodes lies: look by "
            "another, and tell the other trustees"
        )


class Memory:
    """The promises of one key in one ceremony, for whoever keeps no file of it: they are forgotten with the program."""

    def __init__(self) -> None:
        self._said: dict[str, str] = {}

    def __call__(self, step: str, said: str) -> None:
        """Remembers it.

        Raises:
            ConsultationError: something else was said in that step.
        """
        require_same(step, self._said.setdefault(step, said), said)
