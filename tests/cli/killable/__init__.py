"""Scripts that send: their command lines, and what must stand on the chain once."""

from tests.cli.killable import land, money, polls

SCRIPTS = money.SCRIPTS | polls.SCRIPTS | land.SCRIPTS
