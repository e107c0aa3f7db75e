"""A month of shared sun on a chain: metered, committed, stated, verified by anyone, refuted where a step is false."""

import stat
from dataclasses import replace

import pytest

from beffroi.ballots.group import G, add
from beffroi.ballots.parallel import Here
from beffroi.chain.keys import Key
from beffroi.chain.sender import TransactionFailedError
from beffroi.flows.agentfolder import committed, curves_of, is_closed, month_path, read_months, seed_of, write_months
from beffroi.flows.clearing import NoOperationError, StatementStatus
from beffroi.flows.energy.curves import EnergyError
from beffroi.flows.energy.energyfinding import Falsehood
from beffroi.flows.energy.points import POINT
from beffroi.flows.energy.privatefile import PrivateMonth, verify_own
from beffroi.flows.energy.publicfile import write_public
from beffroi.flows.energy.verifyperiod import lines_of, remarks, verify_period
from beffroi.flows.meterfile import MeterFile, MeterFileError
from beffroi.flows.meters import NoMeterError
from beffroi.flows.meterslips import DRAWS, CommittedReadings, NewMeter, commit_slip, remove_slip
from beffroi.flows.operation import StatedLine
from beffroi.flows.periodonchain import earlier_files, period_on_chain, require_still_committed, statement_of
from beffroi.slips import FOREVER
from testbed.energy import RULES, START_S, seed
from testbed.operation import AGENT, ORGANISER, PERIOD, metered, neighbour, neighbours
from testbed.town import POSTER, fund

ADA = neighbour(0)


@pytest.fixture
def month(town):
    """The street, the curves of a day, and what is published of them."""
    fund(town.rpc, [POSTER])
    street, curves = metered(town)
    return street, curves, street.commits(curves)


def found(street, file):
    statement = statement_of(street.clearings, file)
    return verify_period(file, period_on_chain(street.clearings, street.book, file, statement))


def falsified(file, column=0, step=20):
    """One sum moved, and all lines as they were."""
    period = file.period
    cell = period.cell(column, step)
    moved = cell[:POINT] + add(cell[POINT : 2 * POINT], G) + cell[2 * POINT :]
    return replace(file, period=replace(period, odd={column * period.steps + step: moved}))


def test_a_true_month_is_verified_from_the_chain_and_settled_to_the_cent(month):
    street, curves, file = month
    street.states(file)
    assert found(street, file) == []
    own = PrivateMonth(street.terms.op, PERIOD, curves.start_s, curves.step_s, *_own(curves, 3))
    assert list(verify_own(own, file.period)) == []
    street.passes_window()
    before = street.clearings.accounts(street.terms.op, [it.member for it in file.lines])
    street.acts.settle(POSTER, street.terms, file.lines)
    after = street.clearings.accounts(street.terms.op, [it.member for it in file.lines])
    moved = [then.balance_cents - now.balance_cents for then, now in zip(before, after, strict=True)]
    assert moved == [it.amount_cents for it in file.lines]
    assert file.lines == lines_of(RULES, file.period, ORGANISER.address)


def _own(curves, place):
    column = curves.columns[place]
    return column, seed(column.id.hex())


def test_a_false_sum_is_refuted_by_a_passer_by_and_nobody_owes_anything(month):
    street, _, file = month
    false = falsified(file)
    statement = street.states(false)
    findings = found(street, false)
    assert Falsehood.SUM in {it.what for it in findings}
    refutation = next(it.refutation for it in findings if it.refutation)
    said = refutation.arguments(statement, false.period.header)
    street.book.refute(POSTER, refutation.function, said)
    assert street.clearings.standing(street.terms.op).status is StatementStatus.VOID
    with pytest.raises(TransactionFailedError, match="Clearing_"):
        street.book.refute(POSTER, refutation.function, said)
    street.states(file)
    assert found(street, file) == []


def test_lines_that_the_rules_do_not_make_are_found_and_no_call_refutes_them(month):
    street, _, file = month
    first, second, *rest = file.lines
    shifted = StatedLine(first.member, first.amount_cents + 1), StatedLine(second.member, second.amount_cents - 1)
    street.states(false := replace(file, lines=(*shifted, *rest)))
    findings = found(street, false)
    assert {it.what for it in findings} == {Falsehood.LINES}
    assert not any(it.refutation for it in findings)


def test_a_meter_that_nobody_took_in_and_readings_of_two_periods_are_noted_and_stop_nobody(month):
    street, curves, file = month
    salt, deadline_s = bytes(32), street.clearings.now_s() + 60
    mallory = NewMeter(POSTER.address, salt, POSTER.address, DRAWS, START_S - 86_400)
    id_ = street.book.install(POSTER, street.terms, mallory, deadline_s)
    clock = curves.start_s + 3_600, curves.step_s, curves.steps
    first = curves.columns[0].id
    street.book.commit(AGENT, street.terms, CommittedReadings(PERIOD + 1, *clock, {first: b"\1" * 32}))
    street.states(file)
    assert found(street, file) == []
    there = period_on_chain(street.clearings, street.book, file, statement_of(street.clearings, file))
    assert remarks(file.period, there) == [
        f"the meter 0x{id_.hex()} of {POSTER.address} is left out, and its agent committed to none",
        f"the meter 0x{first.hex()} has readings of the same time in period {PERIOD + 1}: let it be billed once",
    ]


def test_a_period_that_was_stated_by_another_file_is_published_only_beside_that_file(month, tmp_path):
    street, _, file = month
    false, path = falsified(file), tmp_path / "false.json.gz"
    street.states(false)
    write_public(path, false)
    with pytest.raises(EnergyError, match=r"stated before, by another file \(https://rue.*\): give it by --earlier"):
        earlier_files(street.clearings, file.period, [])
    assert earlier_files(street.clearings, false.period, []) == []
    assert [it.header for it in earlier_files(street.clearings, file.period, [path])] == [false.period.header]


def test_a_file_that_is_not_the_stated_one_shows_nothing(month):
    street, _, file = month
    with pytest.raises(NoOperationError, match="was not stated yet"):
        statement_of(street.clearings, file)
    street.states(file)
    assert {it.what for it in found(street, falsified(file))} == {Falsehood.UNPUBLISHED}


def test_what_an_agent_committed_is_not_committed_twice_nor_by_another(month):
    street, _, file = month
    period = file.period
    roots = {it.id: it.root for it in period.columns}
    readings = CommittedReadings(PERIOD, period.start_s, period.step_s, period.steps, roots)
    assert street.book.commit(AGENT, street.terms, readings) == []
    ids = [*roots]
    assert street.book.commitments(street.terms.op, ids, PERIOD) == [readings.commitment(it) for it in ids]
    anew = replace(readings, roots=roots | {ids[0]: b"\1" * 32})
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        street.book.commit(POSTER, street.terms, anew)
    assert street.book.commit(AGENT, street.terms, anew) == ids[:1]
    street.states(file)
    finding, *_ = found(street, file)
    assert (finding.what, finding.column) == (Falsehood.COLUMN, 0)
    with pytest.raises(TransactionFailedError, match="Meters_PeriodStated"):
        street.book.commit(AGENT, street.terms, readings)


def test_an_agent_that_commits_anew_just_before_a_statement_is_told_of_to_the_organiser(month):
    street, _, file = month
    period = file.period
    roots = {it.id: it.root for it in period.columns}
    drawn = street.acts.next_statement(street.terms, PERIOD, file.lines, bytes(32), bytes(32), "ipfs://month")
    there = period_on_chain(street.clearings, street.book, file, drawn)
    require_still_committed(there, period_on_chain(street.clearings, street.book, file, drawn), file)

    first, *_ = roots
    anew = CommittedReadings(PERIOD, period.start_s, period.step_s, period.steps, roots | {first: b"\1" * 32})
    assert street.book.commit(AGENT, street.terms, anew) == [first]
    street.states(file)
    with pytest.raises(EnergyError, match=f"0x{first.hex()} committed anew .* take it back"):
        require_still_committed(there, period_on_chain(street.clearings, street.book, file, drawn), file)


def test_readings_of_other_steps_than_were_committed_belie_their_column(month):
    street, _, file = month
    period = file.period
    roots = {it.id: it.root for it in period.columns}
    longer = CommittedReadings(PERIOD, period.start_s, period.step_s, period.steps + 1, roots)
    assert len(street.book.commit(AGENT, street.terms, longer)) == len(roots)
    statement = street.states(file)
    finding, *_ = found(street, file)
    assert finding.what is Falsehood.COLUMN
    said = finding.refutation.arguments(statement, period.header)
    street.book.refute(POSTER, finding.refutation.function, said)
    assert street.clearings.standing(street.terms.op).status is StatementStatus.VOID


def test_a_meter_goes_from_its_member_to_its_agent_by_a_file(town, tmp_path):
    street, path = neighbours(town), tmp_path / "meter.json"
    meter = NewMeter(ADA.address, bytes(range(32)), AGENT.address, DRAWS, START_S)
    there = town.manifest.chain_id, street.book.contract.address, street.terms.op
    drawn = MeterFile(*there, meter, FOREVER % 2**40).signed(ADA, street.terms)
    drawn.write(path)
    assert MeterFile.read(path) == drawn
    path.write_text(path.read_text().replace('"draws"', '"eats"'))
    with pytest.raises(MeterFileError, match="'eats' is no kind of meter"):
        MeterFile.read(path)
    with pytest.raises(NoMeterError, match="no meter"):
        street.book.meters(street.terms.op, [drawn.id])
    with pytest.raises(TransactionFailedError, match="NotSignedBy"):
        street.book.install(AGENT, street.terms, meter, drawn.deadline_s, bytes(65))
    street.book.install(AGENT, street.terms, meter, drawn.deadline_s, drawn.signature)
    (installed,) = street.book.installed(street.terms.op)
    assert (installed.id, installed.member, installed.agent) == (drawn.id, ADA.address, AGENT.address)
    fund(town.rpc, [POSTER])
    slip = ADA.sign(remove_slip(street.terms, drawn.id, FOREVER).digest(street.book.domain))
    street.book.remove(POSTER, street.terms, drawn.id, FOREVER, slip)
    (removed,) = street.book.installed(street.terms.op)
    assert removed.until_s


def test_an_agents_slip_is_posted_by_anyone(month):
    street, _, file = month
    period = file.period
    readings = CommittedReadings(
        PERIOD + 1, period.start_s, period.step_s, period.steps, {period.columns[0].id: b"\2" * 32}
    )
    signature = AGENT.sign(commit_slip(street.terms, readings, FOREVER).digest(street.book.domain))
    said = street.terms.op, *readings.as_tuple, FOREVER, signature
    street.town.does(POSTER, street.book.contract, "commit", *said)
    (id_,) = readings.roots
    assert street.book.commitments(street.terms.op, [id_], PERIOD + 1) == [readings.commitment(id_)]


def test_the_files_of_a_month_that_is_stated_stay_what_their_agent_committed_to(month, tmp_path):
    street, curves, file = month
    op = street.terms.op
    months = write_months(tmp_path, op, PERIOD, curves)
    assert not is_closed(street.clearings.standing(op), PERIOD)
    street.states(file)
    assert is_closed(street.clearings.standing(op), PERIOD)
    assert write_months(tmp_path, op, PERIOD, curves, is_closed=True) == months
    first, *rest = curves.columns
    corrected = replace(curves, columns=(replace(first, readings=(first.readings[0] + 1, *first.readings[1:])), *rest))
    with pytest.raises(EnergyError, match="is left as it is"):
        write_months(tmp_path, op, PERIOD, corrected, is_closed=True)
    assert {it.column.id: it for it in read_months(tmp_path, op, PERIOD)} == {it.column.id: it for it in months}
    street.acts.retract(ORGANISER, street.terms)
    assert not is_closed(street.clearings.standing(op), PERIOD)


def test_an_agents_folder_keeps_seeds_once_and_months_for_its_eyes_alone(month, tmp_path):
    street, curves, _ = month
    op = street.terms.op
    months = write_months(tmp_path, op, PERIOD, curves)
    assert write_months(tmp_path, op, PERIOD, curves) == months, "no seed is drawn twice"
    read = read_months(tmp_path, op, PERIOD)
    assert {it.column.id: it for it in read} == {it.column.id: it for it in months}
    assert [it.kind for it in curves_of(read).columns] == ["draws"] * 12 + ["injects"] * 2
    paths = [month_path(tmp_path, PERIOD, curves.columns[0].id), *tmp_path.glob("*.seed")]
    assert len(paths) == 15
    assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600}
    assert committed(months, Here()).roots.keys() == {it.id for it in curves.columns}
    with pytest.raises(EnergyError, match="has no files of period"):
        read_months(tmp_path, op, PERIOD + 1)
    with pytest.raises(EnergyError, match="is of period"):
        read_months(tmp_path, Key.derived("other").secret, PERIOD)
    paths[1].write_text("seed")
    with pytest.raises(EnergyError, match="holds no seed"):
        [seed_of(tmp_path, it.id) for it in curves.columns]
