"""The demo's story at a terminal."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from typing_extensions import override

from beffroi.cli.printing import print_step
from beffroi.demo.narrator import Narrator

COLUMNS = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())


@dataclass(frozen=True)
class TerminalNarrator(Narrator):
    """Tells the story on a console.

    Attributes:
        console: rich's.
    """

    console: Console

    @override
    def chapter(self, title: str) -> None:
        self.console.rule(f"[bold]{escape(title)}", align="left", style="blue")

    @override
    def tell(self, text: str, *, mark: str = "") -> None:
        self.console.print(f"  [red]{escape(mark)}[/] {escape(text)}" if mark else f"  {escape(text)}", highlight=False)

    @override
    def step(self, description: str, transaction: str | None) -> None:
        print_step(description, transaction, self.console)

    @override
    def quote(self, text: str) -> None:
        self.console.print(text, highlight=False, markup=False)

    @override
    def table(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = Table(*header, show_header=bool(header), box=None, padding=(0, 2))
        for row in rows:
            table.add_row(*map(escape, row))
        self.console.print(table)

    @override
    def close(self, text: str) -> None:
        self.console.print(f"\n[green]{escape(text)}")

    @override
    @contextmanager
    def progress(self, what: str, total: int) -> Iterator[Callable[[int], object]]:
        with Progress(*COLUMNS, console=self.console, transient=True) as bar:
            task = bar.add_task(what, total=total)
            yield lambda count: bar.advance(task, count)

    @override
    @contextmanager
    def bars(self) -> Iterator[Callable[[str, int], Callable[[int], object]]]:
        with Progress(*COLUMNS, console=self.console) as bar:

            def begin(what: str, total: int) -> Callable[[int], object]:
                task = bar.add_task(what, total=total)
                return lambda count: bar.advance(task, count)

            yield begin

    @override
    def waiting(self, what: str) -> AbstractContextManager[object]:
        return self.console.status(what)
