"""The database of an earlier release is brought up to this one when it is opened; that of a later one is left alone."""

import os
import re
import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect, text

from beffroi.post.deedbook import DeedBook
from beffroi.post.model import BatchState, QueuedSlip
from beffroi.post.store import Store
from beffroi.post.tables import tables
from beffroi.post.versions import VERSION, DatabaseVersionError
from tests.support import postgres

VECTORS = Path(__file__).parents[1] / "vectors"
RELEASES = sorted({int(it.name.split("-")[1].split(".")[0]) for it in VECTORS.glob("post-*.sql")})
DIALECTS = ["sqlite", "postgresql"]
ADA, POSTER = "0x" + "aA" * 20, "0x" + "cC" * 20


@pytest.fixture(scope="module")
def cluster():
    if os.environ.get("BEFFROI_NO_POSTGRES") == "1":
        pytest.xfail("NOT RUN: BEFFROI_NO_POSTGRES=1")
    with postgres.cluster() as url:
        yield url


@pytest.fixture
def empty(request, tmp_path):
    """The URL of an empty database of either kind, and how SQL text is read into one."""

    def make(dialect):
        if dialect == "sqlite":
            return f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}.db"
        return postgres.fresh(request.getfixturevalue("cluster"))

    return make


def read_in(url, sql):
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.executescript(sql)
    else:
        with psycopg.connect(url) as connection:
            connection.execute(sql)


def released(empty, dialect, number):
    """A database as that release left it."""
    url = empty(dialect)
    read_in(url, (VECTORS / f"post-{number}.{dialect}.sql").read_text())
    return url


def form(url):
    """Tables, columns, keys and indexes, as the database itself tells them."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    seen = inspect(engine)
    found = {}
    for name in sorted(seen.get_table_names()):
        columns = [(it["name"], str(it["type"]), it["nullable"]) for it in seen.get_columns(name)]
        indexes = [(it["name"], tuple(it["column_names"]), bool(it["unique"])) for it in seen.get_indexes(name)]
        found[name] = (sorted(columns), sorted(indexes), seen.get_pk_constraint(name)["constrained_columns"])
    engine.dispose()
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("number", RELEASES)
def test_the_database_of_each_release_opens_and_nothing_in_it_is_lost(empty, dialect, number):
    store = Store(released(empty, dialect, number))
    told = {int.from_bytes(id_): it for id_, it in store.statuses([n.to_bytes(32) for n in range(1, 11)]).items()}
    assert [str(told[n].state) for n in range(1, 11)] == [
        "confirmed", "rejected", "queued", "posted", "posted", "queued", "received", "received", "received", "expired",
    ]  # fmt: skip
    assert (told[2].error.name, told[1].gas + told[2].gas) == ("LocalCurrency_SlipUsed", 100_001)
    assert [it.state for it in store.outbox.watched(POSTER)] == [
        BatchState.CONFIRMED, BatchState.MINED, BatchState.OPEN,
    ]  # fmt: skip
    assert store.senders()[0].balance_wei == 10**20
    (deed,) = DeedBook(store.engine).of(ADA)
    assert deed.signatures == {ADA: b"\x01" * 65}
    store.receive([QueuedSlip(b"\xff" * 32, "transfer", "transfer", ADA, b"{}", gas=75_000)])
    assert {it.queued.gas for it in store.take("w", ["transfer"], 9)} == {0, 75_000}
    store.close()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("number", RELEASES)
def test_a_database_that_was_brought_up_has_the_form_of_a_new_one(empty, dialect, number):
    old, new = released(empty, dialect, number), empty(dialect)
    for url in (old, new):
        Store(url).close()
    assert form(old) == form(new)


def test_each_version_has_its_database_kept_for_the_next_release():
    """Whoever changes a table writes a step, and `make_post_database` writes the new version's files."""
    assert list(range(1, VERSION + 1)) == RELEASES


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_kept_database_of_this_version_is_what_this_release_makes(empty, dialect):
    kept, new = released(empty, dialect, VERSION), empty(dialect)
    Store(new).close()
    assert form(kept) == form(new)
    assert set(form(kept)) == set(tables.tables)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_it_may_be_opened_many_times_and_is_brought_up_once(empty, dialect):
    url = released(empty, dialect, 1)
    for _ in range(3):
        store = Store(url)
        with store.engine.begin() as connection:
            assert connection.execute(text("SELECT number FROM version")).scalars().all() == [VERSION]
        store.close()


def test_a_town_without_a_land_register_had_no_deeds_and_opens_too(empty):
    url = empty("sqlite")
    whole = (VECTORS / "post-1.sqlite.sql").read_text()
    without = re.sub(r"(CREATE TABLE|INSERT INTO|CREATE INDEX ix_)[ \"]*deed[^;]*;", "", whole)
    assert "deed" not in without
    read_in(url, without)
    store = Store(url)
    assert DeedBook(store.engine).of(ADA) == []
    store.close()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_database_of_a_newer_release_is_refused_in_words_and_left_as_it_is(empty, dialect):
    url = empty(dialect)
    Store(url).close()
    read_in(url, f"UPDATE version SET number = {VERSION + 7}")
    before = form(url)
    with pytest.raises(DatabaseVersionError, match=f"of version {VERSION + 7}, and this release .* than {VERSION}"):
        Store(url)
    assert form(url) == before


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("change", "missing"),
    [("ALTER TABLE slips DROP COLUMN attempts", "slips.attempts"), ("DROP TABLE strays", "strays.slip")],
)
def test_a_column_that_is_missing_is_told_at_opening_and_not_at_the_first_slip(empty, dialect, change, missing):
    url = empty(dialect)
    Store(url).close()
    read_in(url, change)
    with pytest.raises(DatabaseVersionError, match=f"lacks {missing}"):
        Store(url)


def test_a_step_that_fails_leaves_the_database_as_it_was(empty, monkeypatch):
    url = released(empty, "sqlite", 1)
    before = form(url)

    def breaks(connection):
        connection.execute(text("CREATE TABLE half_way (number INTEGER)"))
        raise OSError("no space left")

    monkeypatch.setattr("beffroi.post.versions.STEPS", {2: breaks})
    with pytest.raises(OSError, match="no space"):
        Store(url)
    assert form(url) == before


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_deed_is_found_by_its_parties_and_each_signs_once(empty, dialect):
    store = Store(empty(dialect))
    book = DeedBook(store.engine)
    assert book.draft(b"d" * 32, "compromis", {"terms": {}}, [ADA])
    assert not book.draft(b"d" * 32, "compromis", {"terms": {}}, [ADA]), "drafted already"
    assert [it.id for it in book.of(ADA)] == [b"d" * 32]
    assert [book.sign(b"d" * 32, ADA, it) for it in (b"1", b"2")] == [True, False]
    assert book.get(b"d" * 32).signatures == {ADA: b"1"}
    store.close()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("change", ["UPDATE version SET number = 0", "DELETE FROM version"])
def test_a_version_that_never_was_is_told(empty, dialect, change):
    url = released(empty, dialect, VERSION)
    store = Store(url)
    with store.engine.begin() as connection:
        connection.execute(text(change))
    store.close()
    with pytest.raises(DatabaseVersionError, match="which none ever was"):
        Store(url)
