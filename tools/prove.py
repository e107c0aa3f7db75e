"""halmos 0.3.3 with the rich that ape needs: a newer one refuses to clear a live display where there is none."""

import sys

from rich.console import Console

_clear_live = Console.clear_live


def _clear_live_if_any(console: Console) -> None:
    if console._live_stack:  # noqa: SLF001
        _clear_live(console)


Console.clear_live = _clear_live_if_any  # type: ignore[method-assign]

from halmos.__main__ import main  # noqa: E402

sys.exit(main())
