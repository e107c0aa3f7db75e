"""Scripts of operations that are cleared, and of meters."""

from dataclasses import replace

from beffroi.ballots.group import G, add
from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.publicfile import write_public
from beffroi.flows.meterfile import MeterFile
from beffroi.flows.meterslips import DRAWS, NewMeter
from beffroi.flows.operation import StatedLine
from beffroi.slips import FOREVER
from beffroi.units import HOUR_S
from testbed.energy import START_S, street, street_curves
from testbed.estate import PAPER
from testbed.operation import PERIOD, RULE_H, operation
from testbed.town import COURT, MAYOR, fund
from tests.cli.killable.place import PEOPLE, Script, told

URI = "https://rue.example/june"
RULES = """
name: Rue du Soleil
slots: [{name: always}]
elements: [{name: energy, to: producers, ct_per_kwh: 12}]
"""
OTHER = PEOPLE[0]
"""Whom the mayor has an operation with, where she does not organise it."""


def ours(place):
    """The mayor organises, the court arbitrates."""
    return operation(place.town, MAYOR, COURT, MAYOR)


def theirs(place, arbiter=COURT):
    """The mayor is a member, with money paid in."""
    fund(place.rpc, [OTHER])
    place.town.does(MAYOR, place.town.currency, "transfer", OTHER.address, 100_00)
    joined = operation(place.town, OTHER, arbiter, OTHER)
    joined.acts.deposit(OTHER, joined.terms, OTHER.address, 0, 50_00, bytes(32))
    joined.acts.deposit(MAYOR, joined.terms, MAYOR.address, 40_00, 30_00, bytes(32))
    return joined


def named(joined):
    return "0x" + joined.terms.op.hex()


def lines(joined):
    member = OTHER if joined.organiser is MAYOR else MAYOR
    return StatedLine(member.address, 7_00), StatedLine(joined.organiser.address, -7_00)


def stated(joined):
    drawn = joined.acts.next_statement(joined.terms, PERIOD, lines(joined), bytes(32), bytes(32), URI)
    joined.acts.state(joined.organiser, joined.terms, drawn)
    return joined


def held(joined, contester):
    joined.acts.contest(contester, stated(joined).terms, contester.address, PAPER)
    joined.passes_window()
    joined.acts.settle(joined.organiser, joined.terms, lines(joined))
    return joined


def opens(place):
    rules = place.writes("rules.yaml", RULES)
    return ["energy", "open", rules, "--arbiter", COURT.address]


def join(place):
    return ["energy", "join", named(theirs(place)), "2.00", "--cap", "5"]


def cap(place):
    return ["energy", "cap", named(theirs(place)), "5"]


def take(place):
    return ["energy", "take", named(theirs(place)), "5.00"]


def leave(place):
    return ["energy", "leave", named(theirs(place))]


def contest(place):
    return ["energy", "contest", named(stated(theirs(place))), "My meter stood still"]


def retract(place):
    return ["energy", "retract", named(stated(ours(place)))]


def rule(place):
    joined = theirs(place, arbiter=MAYOR)
    fund(place.rpc, [PEOPLE[1]])
    place.town.does(MAYOR, place.town.currency, "transfer", PEOPLE[1].address, 20_00)
    member = PEOPLE[1]
    joined.acts.deposit(member, joined.terms, member.address, 10_00, 10_00, bytes(32))
    owed = StatedLine(member.address, 7_00), StatedLine(OTHER.address, -7_00)
    joined.acts.state(
        OTHER, joined.terms, joined.acts.next_statement(joined.terms, PERIOD, owed, bytes(32), bytes(32), URI)
    )
    joined.acts.contest(member, joined.terms, member.address, PAPER)
    joined.passes_window()
    joined.acts.settle(OTHER, joined.terms, owed)
    return ["energy", "rule", named(joined), PERIOD, member.address, "1.00"]


def release(place):
    joined = held(theirs(place), MAYOR)
    joined.town.pass_s(RULE_H * HOUR_S + 1)
    return ["energy", "release", named(joined)]


def settle(place):
    joined = stated(theirs(place))
    joined.passes_window()
    file = street().file
    path = place.folder / "june.json.gz"
    write_public(path, replace(file, period=replace(file.period, op=joined.terms.op), lines=lines(joined)))
    return ["energy", "settle", path]


def drawn(place):
    """A meter that a neighbour has agreed to, for the mayor as its agent."""
    joined = ours(place)
    meter = NewMeter(OTHER.address, PAPER, MAYOR.address, DRAWS, START_S)
    there = place.town.manifest.chain_id, joined.book.contract.address, joined.terms.op
    return joined, MeterFile(*there, meter, FOREVER % 2**40).signed(OTHER, joined.terms)


def install(place):
    _, file = drawn(place)
    path = place.folder / "meter.json"
    file.write(path)
    return ["energy", "install", "post", path]


def remove(place):
    joined, file = drawn(place)
    joined.book.install(MAYOR, joined.terms, file.meter, file.deadline_s, file.signature)
    return ["energy", "remove", named(joined), "0x" + file.id.hex()]


def commit(place):
    joined, file = drawn(place)
    joined.book.install(MAYOR, joined.terms, file.meter, file.deadline_s, file.signature)
    meters = place.writes("meters.csv", f"meter;id;member;kind\nhome;0x{file.id.hex()};{OTHER.address};draws\n")
    read = place.writes("june.csv", "meter;start;wh\nhome;2026-06-01T10:00Z;300\n")
    return ["energy", "commit", named(joined), "2026-06", meters, read, "--folder", place.folder / "agent"]


def published(place, false):
    """A street's day, committed to by the mayor; its file, with a sum moved or as it is."""
    joined = ours(place)
    file = joined.commits(joined.meters(street_curves(12, 2, 48)))
    if false:
        cell = file.period.cell(0, 20)
        moved = cell[:POINT] + add(cell[POINT : 2 * POINT], G) + cell[2 * POINT :]
        file = replace(file, period=replace(file.period, odd={20: moved}))
    path = place.folder / "june.json.gz"
    write_public(path, file)
    return joined, file, path


def state(place):
    *_, path = published(place, false=False)
    return ["energy", "state", path, "--uri", URI]


def refute(place):
    joined, file, path = published(place, false=True)
    joined.states(file, URI)
    return ["energy", "refute", path]


SCRIPTS = {
    "energy/open.py": Script(opens, told("Clearing", "OperationOpened")),
    "energy/join.py": Script(join, told("Clearing", "Deposited"), code=1),
    "energy/cap.py": Script(cap, told("Clearing", "CapSet")),
    "energy/take.py": Script(take, told("Clearing", "Taken")),
    "energy/leave.py": Script(leave, told("Clearing", "Left")),
    "energy/contest.py": Script(contest, told("Clearing", "LineContested")),
    "energy/retract.py": Script(retract, told("Clearing", "StatementRetracted"), code=1),
    "energy/rule.py": Script(rule, told("Clearing", "LineRuled"), code=1),
    "energy/release.py": Script(release, told("Clearing", "LineReleased")),
    "energy/settle.py": Script(settle, told("Clearing", "PeriodSettled")),
    "energy/install.py": Script(install, told("Meters", "MeterInstalled")),
    "energy/remove.py": Script(remove, told("Meters", "MeterRemoved")),
    "energy/commit.py": Script(commit, told("Meters", "ReadingsCommitted")),
    "energy/state.py": Script(state, told("Clearing", "PeriodStated")),
    "energy/refute.py": Script(refute, told("Meters", "StatementRefuted")),
}
