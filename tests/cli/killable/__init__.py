"""Scripts that send: their command lines, and what must stand on the chain once."""

from tests.cli.killable import energy, facts, land, money, papers, polls

SCRIPTS = money.SCRIPTS | polls.SCRIPTS | land.SCRIPTS | papers.SCRIPTS | facts.SCRIPTS | energy.SCRIPTS
