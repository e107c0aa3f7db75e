"""A node that is not there, or is none, is told in one sentence before ape connects."""

import socket

import click
import pytest
from click.testing import CliRunner

from beffroi.cli.connected import TownCommand
from tests.support.fake_node import Reply, fake_node


@click.command(cls=TownCommand)
def command(*, provider):
    raise AssertionError(f"it has connected to {provider}")


def said(network):
    result = CliRunner().invoke(command, ["--network", network])
    assert result.exit_code == 1
    (line,) = result.output.splitlines()
    return line


@pytest.fixture
def nowhere():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


@pytest.mark.parametrize("choice", ["{}", "ethereum:local:{}"])
def test_a_stopped_node(nowhere, choice):
    expected = f"Error: {nowhere} does not answer (connection refused): does the node run, and is this its URL?"
    assert said(choice.format(nowhere)) == expected


@pytest.mark.parametrize("choice", ["{}", "ethereum:local:{}"])
@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (
            Reply("<html><h1>Welcome</h1></html>"),
            "200 OK, and no JSON-RPC: is this the URL of a node? It says: Welcome",
        ),
        (
            Reply("no such page", 404),
            "404 Not Found, and no JSON-RPC: is this the URL of a node? It says: no such page",
        ),
        (Reply({"error": "invalid project id"}, 401), "invalid project id (401)"),
    ],
)
def test_what_is_no_node_or_does_not_serve_us(choice, reply, told):
    with fake_node(lambda _: reply) as node:
        assert said(choice.format(node.url)).endswith(told)
