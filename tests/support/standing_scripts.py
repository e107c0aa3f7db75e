"""Scripts that do not change while they are tested, read once by a process that runs many of them."""

import functools
from typing import Any

from ape_run._cli import ScriptCommand


def read_once() -> None:
    """Ape reads every script twice for each command that it is given: half of what a short one takes."""
    commands: Any = ScriptCommand._get_cli_commands
    ScriptCommand._get_cli_commands = functools.cache(commands)
