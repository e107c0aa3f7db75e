"""A month of a street's sun by its commands alone: organiser, agent, member, arbiter, and whoever passes by."""

import dataclasses
import json
import random
import re
import stat
from datetime import UTC, datetime, timedelta

import pytest
from eth_account import Account

from beffroi.ballots.group import G, add
from beffroi.chain.artifacts import ROOT
from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.flows.clearing import Clearings
from beffroi.flows.clearingacts import ClearingActs
from beffroi.flows.energy.clockdays import month_clock, told_moment
from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.publicfile import read_public, write_public
from beffroi.flows.meters import MeterBook
from beffroi.flows.meterslips import DRAWS, INJECTS, NewMeter, install_slip
from beffroi.flows.operation import StatedLine
from beffroi.residents import ResidentKind
from beffroi.slips import FOREVER
from beffroi.town.load import load_town
from beffroi.town.manifest import manifest_path, read_manifest
from beffroi.units import HOUR_S
from testbed.town import AUDITOR, MAYOR, TREASURER, Town, fund
from tests.journeys.conftest import NAME

RULES = ROOT / "docs" / "examples" / "energy-rules.yaml"
HOMES, ROOFS = 12, 2
ADA, ARBITER = Key.derived("journey", "ada"), Key.derived("journey", "arbiter")
WALLETS = {"ada": ADA, "arbiter": ARBITER}
PEOPLE = [ADA, *(Key.derived("journey", number) for number in range(1, HOMES))]
URI = "https://rue-des-tilleuls.example/month.json.gz"


@pytest.fixture(scope="module", autouse=True)
def _unlocked():
    """The passphrases of keyfiles, in the environment in which ape starts."""
    with pytest.MonkeyPatch.context() as patch:
        for alias in WALLETS:
            patch.setenv(f"APE_ACCOUNTS_{alias}_PASSPHRASE", alias)
        yield


@pytest.fixture
def street(does, chain, tmp_path):
    """The town, its people enrolled and with money; Ada and the arbiter have keyfiles of ape's."""
    folder = tmp_path / "ape" / "accounts"
    folder.mkdir(parents=True, exist_ok=True)
    for alias, key in WALLETS.items():
        (folder / f"{alias}.json").write_text(json.dumps(Account.encrypt(key.secret, alias, iterations=2)))
    town = Town(chain, load_town(tmp_path / "town.yaml"), read_manifest(manifest_path(31337, NAME)))
    fund(chain, [*PEOPLE, ARBITER])
    town.enrols(ResidentKind.CITIZEN, *PEOPLE)
    town.does(AUDITOR, town.currency, "attestReserve", 1_000_000_00, b"reserve".ljust(32, b"\0"))
    payees = [it.address for it in (*PEOPLE, MAYOR)]
    town.does(TREASURER, town.currency, "issueBatch", payees, [200_00] * len(payees), b"purses".ljust(32, b"\0"))
    return town


def last_month(chain):
    """The month before this one, by the chain's clock."""
    first = datetime.fromtimestamp(clock_s(chain), UTC).replace(day=1) - timedelta(days=1)
    return first.year, first.month


def opened(does, tmp_path):
    """The operation's name: 24 hours to contest, 48 to rule."""
    assert "name another account" in does("energy", "open", RULES, "--arbiter", MAYOR.address, code=1)
    words = "--arbiter", ARBITER.address, "--contest-hours", 24, "--rule-hours", 48, "--out", tmp_path / "rules.json"
    told = does("energy", "open", RULES, *words)
    op = re.search("0x[0-9a-f]{64}", told)[0]
    assert "was already open" in does("energy", "open", RULES, *words)
    assert json.loads((tmp_path / "rules.json").read_text())["name"] == "Rue des Tilleuls"
    shows_its_tariff(does, tmp_path, op)
    return op


def shows_its_tariff(does, tmp_path, op):
    """Before anybody joins, a price for each hour of a day to come, by the rules that members will sign alone."""
    told = does("energy", "show", op, "--rules", tmp_path / "rules.json", "--day", "2026-12-24")
    assert "17:00-21:00 winter peak: 19.3120 ct" in told
    dearer = tmp_path / "dearer.yaml"
    dearer.write_text(RULES.read_text().replace("euros: 1.50", "euros: 1.60"))
    assert "are not the rules that" in does("energy", "show", op, "--rules", dearer, code=1)
    assert "Name the operation" in does("energy", "show", "--rules", RULES, code=1)


def joined(does, street, op):
    """Ada by command, the others by their own slips; the organiser has what it advances."""
    assert "has 60.00 there; a period debits 50.00" in does("energy", "join", op, 60, "--cap", 50, "--account", "ada")
    does("energy", "join", op, 150, "--cap", 0)
    assert "ERC20InsufficientBalance" in does("energy", "join", op, 500, "--cap", 50, "--account", "ada", code=1)
    acts = ClearingActs(Clearings.of(street.rpc, street.manifest))
    terms = acts.clearings.terms(bytes.fromhex(op[2:]))
    for who in PEOPLE[1:]:
        acts.deposit(who, terms, who.address, 50_00, 60_00, bytes(32))
    return acts, terms


def metered(does, street, terms, folder, since):
    """Ada's meter by command, the others by slips; (label, id, member, kind) of each."""
    drawn, op = folder / "meter.json", "0x" + terms.op.hex()
    draw = "energy", "install", "draw", op, drawn, "--agent", MAYOR.address, "--kind", "draws", "--since", since
    assert "awaits" in does(*draw, "--account", "ada")
    assert "exists" in does(*draw, "--account", "ada", code=1)
    assert "that account posts" in does("energy", "install", "post", drawn, "--account", "ada", code=1)
    told = does("energy", "install", "post", drawn)
    rows = [("home 0", re.search("0x[0-9a-f]{64}", told)[0], ADA.address, "draws")]
    book = MeterBook.of(street.rpc, street.manifest)
    others = [(home, DRAWS) for home in range(1, HOMES)] + [(home, INJECTS) for home in range(1, ROOFS + 1)]
    since_s = int(datetime.fromisoformat(since).replace(tzinfo=UTC).timestamp())
    for home, kind in others:
        who = PEOPLE[home]
        meter = NewMeter(who.address, Key.derived("salt", home, kind).secret, MAYOR.address, kind, since_s)
        signature = who.sign(install_slip(terms, meter, FOREVER).digest(book.domain))
        id_ = book.install(MAYOR, terms, meter, FOREVER, signature)
        rows.append((f"home {home}", "0x" + id_.hex(), who.address, "draws" if kind == DRAWS else "injects"))
    return rows


def readings(rows, clock):
    """Homes that draw all day, roofs that inject under clouds."""
    chance = random.Random(7)
    lines = ["meter;kind;start;wh"]
    for label, _, _, kind in rows:
        for step in range(clock.steps):
            at_s = clock.start_s + step * HOUR_S
            sun = max(0, 8 - abs(datetime.fromtimestamp(at_s, UTC).hour - 12)) / 8
            wh = chance.randrange(150, 600) if kind == "draws" else int(4_000 * sun * chance.random())
            lines.append(f"{label};{kind};{told_moment(at_s)};{wh}")
    return "\n".join(lines) + "\n"


def false_file(path, true):
    """The same with one sum moved by a point."""
    period = true.period
    cell = period.cell(2, 300)
    moved = cell[:POINT] + add(cell[POINT : 2 * POINT], G) + cell[2 * POINT :]
    false = dataclasses.replace(true, period=dataclasses.replace(period, odd={2 * period.steps + 300: moved}))
    write_public(path, false)
    return false


def test_a_month_in_the_street(street, does, chain, tmp_path):
    year, month = last_month(chain)
    name, period = f"{year}-{month:02}", year * 100 + month
    op = opened(does, tmp_path)
    assert "NOT of the town" not in does("energy", "show")
    acts, terms = joined(does, street, op)
    rows = metered(does, street, terms, tmp_path, f"{name}-01")
    clock = month_clock(year, month, "Europe/Paris", HOUR_S)

    meters, read, folder, file = (tmp_path / it for it in ("meters.csv", "month.csv", "agent", "month.json.gz"))
    meters.write_text("meter;id;member;kind\n" + "".join(f"{';'.join(row)}\n" for row in rows))
    read.write_text(readings(rows, clock).replace("start", "debut"))
    commit = "energy", "commit", op, name, meters, read, "--folder", folder, "--rules", RULES
    assert "is no month" in does("energy", "commit", op, "june", meters, read, "--folder", folder, code=2)
    told = does(*commit)
    assert f"14 meters, {clock.steps} steps; 14 committed now" in told
    assert "0 committed now" in does(*commit)
    own = folder / str(period) / f"{rows[0][1][2:]}.json"
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert json.loads(own.read_text())["seed"] not in told

    publish = "energy", "publish", op, name
    other = tmp_path / "other.yaml"
    other.write_text(RULES.read_text().replace("euros: 1.50", "euros: 1.60"))
    assert "not the rules that" in does(*publish, other, file, "--folder", folder, code=1)
    told = does(*publish, RULES, file, "--folder", folder)
    assert f"{ADA.address} " in told
    assert "12 who draw, 2 who inject" in told

    assert "was not stated yet" in does("energy", "verify", file, code=1)
    true, spoilt = read_public(file), tmp_path / "spoilt.json.gz"
    false = false_file(spoilt, true)
    assert "nothing was stated" in does("energy", "state", spoilt, "--uri", URI, code=1)
    roots = false.period.header.root, false.period.totals_tree.root
    acts.state(MAYOR, terms, acts.next_statement(terms, period, false.lines, *roots, URI))
    told = does("energy", "verify", spoilt, code=1)
    assert "FALSE: " in told
    assert "refuteSum" in told
    told = does("energy", "refute", spoilt, "--account", "ada")
    assert f"the statement of period {period} is void" in told
    assert "Clearing_" in does("energy", "refute", spoilt, code=1)

    assert "is stated: members contest until" in does("energy", "state", file, "--uri", URI)
    assert "was stated already" in does("energy", "state", file, "--uri", URI)
    does("energy", "retract", op)
    again = tmp_path / "again.json.gz"
    assert "give it by --earlier" in does(*publish, RULES, again, "--folder", folder, code=1)
    does(*publish, RULES, again, "--folder", folder, "--earlier", spoilt)
    assert again.read_bytes() == file.read_bytes()
    assert "is stated" in does("energy", "state", file, "--uri", URI)
    assert "True: statement 3" in does("energy", "verify", file, "--own", own)
    assert "nothing false that the contract can see" in does("energy", "refute", file, code=1)
    contest = "energy", "contest", op, "My meter stood still", "--account", "ada"
    assert f"contests period {period}" in does(*contest)
    assert "Clearing_AlreadyContested" in does(*contest, code=1)
    assert "may still be contested" in does("energy", "settle", file, code=1)
    street.pass_s(24 * HOUR_S + 1)
    assert "nothing can be contested" in does(*contest, code=1)
    told = does("energy", "settle", file)
    assert "held for the arbiter" in told
    assert f"Period {period} is settled" in told
    assert "was settled already" in does("energy", "settle", file)
    assert "state a later one" in does("energy", "state", file, "--uri", "https://other.example", code=1)

    assert "the arbiter may still rule on them" in does("energy", "release", op)
    assert "NotSignedBy" in does("energy", "rule", op, period, ADA.address, 1, code=1)
    assert "Clearing_DueTooHigh" in does("energy", "rule", op, period, ADA.address, 999, "--account", "arbiter", code=1)
    told = does("energy", "rule", op, period, ADA.address, "1.00", "--account", "arbiter")
    assert "1.00 are due to the organiser" in told
    assert "nothing is held" in does("energy", "rule", op, period, ADA.address, 0, "--account", "arbiter", code=1)

    assert "40.00 at most" in does("energy", "cap", op, 40, "--account", "ada")
    told = does("energy", "take", op, "9.00", "--account", "ada")
    assert "9.00 taken; 50.00 are left" in told
    assert "Clearing_BalanceTooLow" in does("energy", "take", op, 60, "--account", "ada", code=1)
    told = does("energy", "show", op)
    assert f"{ADA.address}        50.00, cap 40.00" in told
    assert f"contested by {ADA.address}" in told
    assert told.count("meter 0x") == 14
    assert "has left, with 50.00" in does("energy", "leave", op, "--account", "ada")
    assert "counts no more" in does("energy", "remove", op, rows[0][1], "--account", "ada")
    assert "nobody opened" in does("energy", "show", "0x" + "42" * 32, code=1)


def test_what_the_arbiter_leaves_is_released_by_anyone(street, does, chain, tmp_path):
    op = opened(does, tmp_path)
    acts, terms = joined(does, street, op)
    lines = [StatedLine(ADA.address, 7_00), StatedLine(terms.organiser, -7_00)]
    acts.state(MAYOR, terms, acts.next_statement(terms, 1, lines, bytes(32), bytes(32), URI))
    does("energy", "contest", op, "wrong", "--account", "ada")
    street.pass_s(24 * HOUR_S + 1)
    acts.settle(MAYOR, terms, lines)
    assert "1 lines are held" in does("energy", "release", op)
    street.pass_s(48 * HOUR_S + 1)
    assert f"{ADA.address} has 7.00 of period 1 again" in does("energy", "release", op)
    assert "Nothing to release" in does("energy", "release", op)
