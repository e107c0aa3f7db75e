"""Who tells the demo's story to its audience: the chapters say what, a narrator says how."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol


class Narrator(Protocol):
    """Tells a story; `beffroi.cli.narrator` does at a terminal."""

    def chapter(self, title: str) -> None:
        """Begins a chapter."""

    def tell(self, text: str, *, mark: str = "") -> None:
        """Tells a sentence.

        Args:
            text: the sentence.
            mark: the words before it that are to catch the eye.
        """

    def step(self, description: str, transaction: str | None) -> None:
        """Tells a step of the town's plan that is confirmed; without a transaction, one that already was."""

    def quote(self, text: str) -> None:
        """Shows a text of several lines as it is."""

    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Shows a table."""

    def close(self, text: str) -> None:
        """Ends the story with a sentence."""

    def progress(self, what: str, total: int) -> AbstractContextManager[Callable[[int], object]]:
        """A bar that goes when it is full; gives what is told of each advance."""

    def bars(self) -> AbstractContextManager[Callable[[str, int], Callable[[int], object]]]:
        """Bars that stay; gives what begins one: of what, and of how much in all."""

    def waiting(self, what: str) -> AbstractContextManager[object]:
        """A sign of life while something takes longer than two seconds."""
