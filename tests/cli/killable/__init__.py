"""Scripts that send: their command lines, and what must stand on the chain once."""

from tests.cli.killable import credit, energy, facts, land, money, papers, polls, programmes

SCRIPTS = (
    money.SCRIPTS | credit.SCRIPTS | polls.SCRIPTS | land.SCRIPTS | papers.SCRIPTS | facts.SCRIPTS | energy.SCRIPTS
) | programmes.SCRIPTS
