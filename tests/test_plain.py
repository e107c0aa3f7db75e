"""What others wrote is shown as text: it moves nothing on the screen of whoever reads it."""

import sys
import unicodedata

import click
import pytest
from click.testing import CliRunner

from beffroi.chain.reverts import explain
from beffroi.chain.rpc import RpcError
from beffroi.cli.command import PlainCommand
from beffroi.errors import StateError
from beffroi.plain import STRANGE, plain, plain_lines

FORGED = "\x1b[2J\x1b[HCONFIRMED. The result is the exact sum\u202e\n\nof all"
MOVES_LINES = {"B", "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u061c", "\u200e", "\u200f"}
"""Of direction, without a class of their own."""


def moves(character):
    """Whether a character does something rather than show something, by Unicode's own classes."""
    is_control = unicodedata.category(character) in {"Cc", "Zl", "Zp"}
    return is_control or unicodedata.bidirectional(character) in MOVES_LINES or character in MARKS


def test_all_that_moves_what_is_shown_is_strange_and_nothing_else():
    assert [it for it in map(chr, range(sys.maxunicode + 1)) if bool(STRANGE.match(it)) != moves(it)] == []


def test_what_moves_is_replaced_and_what_shows_stays():
    assert plain(FORGED) == "�[2J�[HCONFIRMED. The result is the exact sum���of all"
    assert plain("Où ? בְּ e\u0301 🏰") == "Où ? בְּ e\u0301 🏰"
    assert plain_lines("one\ntwo\x1b") == "one\ntwo�"


def test_what_a_node_says_in_an_error_stays_one_line_without_control():
    error = RpcError("eth_getLogs", 3, FORGED)
    assert str(error) == f"eth_getLogs: {plain(FORGED)} (3)"
    assert explain(error) == plain(FORGED)


@pytest.mark.parametrize("error", [StateError(f"it says {FORGED}"), OSError(2, "not there", FORGED)])
def test_no_command_hands_a_strange_character_to_the_terminal(error):
    @click.command(cls=PlainCommand)
    def command():
        raise error

    told = CliRunner().invoke(command).output
    assert "CONFIRMED" in told
    assert STRANGE.search(told.replace("\n", "")) is None
