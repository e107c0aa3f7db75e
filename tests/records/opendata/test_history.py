"""A version chain has one head: two heads, a fork, a gap, a version that names none before it are told."""

import pytest

from beffroi.errors import InputError
from beffroi.records.opendata.dataversion import version_draft, version_name, versions_of
from beffroi.records.opendata.history import histories
from beffroi.records.paper import PaperError, PaperRef
from tests.records.conftest import DIPLOMA, RECTOR
from tests.records.opendata.conftest import COUNTS, STATISTICIAN


@pytest.fixture
def chain(published):
    """Versions by (name, number of the paper before); the n-th is paper n, under the issuer's name."""

    def make(*told, **options):
        found = []
        for number, (name, before) in enumerate(told):
            parent = found[before].ref if isinstance(before, int) else before
            (version,) = versions_of(published(COUNTS + f"{number}\n", name, before=parent, first=number, **options))
            found.append(version)
        return found

    return make


def test_versions_one_after_another_have_one_head_and_no_problem(chain):
    versions = chain(("1", None), ("2", 0), ("2026-03", 1))
    (history,) = histories(versions[::-1])
    assert [it.name for it in history.versions] == ["1", "2", "2026-03"]
    assert history.head == versions[-1]
    assert history.problems == ()


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ((("1", None), ("2", 0), ("3", 0)), "a fork: versions 2, 3 all come after version 1"),
        ((("1", None), ("2", 0), ("3", 0)), "2 versions are the latest: 2, 3"),
        ((("1", None), ("2", None)), "version 2 names no version before it, and is not the first: that is 1"),
        ((("1", None), ("2", None)), "2 versions are the latest: 1, 2"),
        ((("1", None), ("3", PaperRef(1, STATISTICIAN, 0, bytes(32)))), "rests on paper 0, which is published nowhere"),
        ((("1", None), ("1", 0)), "2 versions are called 1"),
    ],
)
def test_a_chain_that_is_none_is_told(chain, told, problem):
    (history,) = histories(chain(*told))
    assert [it for it in history.problems if problem in it], history.problems


def test_a_missing_version_is_a_gap(chain):
    first, _, third = chain(("1", None), ("2", 0), ("3", 1))
    (history,) = histories([first, third])
    assert "version 3 rests on paper 1, which is published nowhere: a gap" in history.problems


def test_a_wrong_version_that_was_revoked_and_followed_from_the_one_before_is_no_fork(chain):
    versions = chain(("1", None), ("2", 0), ("2", 0))
    (history,) = histories(versions, {versions[1].ref})
    assert (history.problems, history.head) == ((), versions[2])


def test_a_revoked_version_on_which_another_rests_stays_in_the_chain(chain):
    versions = chain(("1", None), ("2", 0), ("3", 1))
    (history,) = histories(versions, {versions[1].ref})
    assert (history.problems, history.head) == ((), versions[2])


def test_after_a_revoked_head_the_one_before_is_the_latest_and_after_all_none(chain):
    versions = chain(("1", None), ("2", 0))
    assert histories(versions, {versions[1].ref})[0].head == versions[0]
    (history,) = histories(versions, {it.ref for it in versions})
    assert history.head is None
    assert history.problems == ("no version of it holds: all are revoked or disowned",)


def test_a_version_of_another_data_set_or_publisher_is_no_version_before(chain, published):
    (own,) = chain(("1", None))
    (other,) = versions_of(published(COUNTS, "1", data_set="arbres", before=own.ref, first=1))
    (stranger,) = versions_of(published(COUNTS, "2", before=own.ref, issuer=RECTOR.address))
    told = {(it.identifier, it.issuer): it.problems for it in histories([own, other, stranger])}
    assert any("rests on version 1 of comptages-velos" in it for it in told["arbres", STATISTICIAN])
    assert any(f"by {STATISTICIAN}" in it for it in told["comptages-velos", RECTOR.address])
    assert "2 publishers have a data set of this name" in told["comptages-velos", STATISTICIAN]


def test_two_versions_in_one_batch_may_follow_one_another_and_only_forwards(chain):
    first, second = chain(("1", None), ("2", 0))
    (history,) = histories([first, second])
    assert history.problems == ()


@pytest.mark.parametrize("name", ["", "..", "../1", "1/2", "é", "1 ", "a" * 41, "-1", "1\n"])
def test_a_name_that_would_move_a_path_is_no_version(name):
    with pytest.raises(InputError, match="no name of a version"):
        version_name(name)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "counts.csv", "is empty"),
        (b"PK\x05\x06" + bytes(18), "counts.zip", "archive of nothing"),
        (b"PK", "counts.zip", "no zip archive"),
        ("jour;vélos\n".encode("cp1252"), "counts.csv", "not UTF-8"),
        (b'a\n"', "counts.csv", "a quote is not closed"),
    ],
)
def test_a_file_of_nothing_or_that_is_not_what_its_name_says_is_not_sealed(file_of, data, name, told):
    with pytest.raises(InputError, match=told):
        version_draft(file_of(data, name), "arbres", "1", "Arbres")


def test_a_hostile_name_of_a_file_is_no_part_of_where_it_is_published(file_of, published):
    (version,) = versions_of(published(file_of(COUNTS, "<img src=x onerror=alert(1)>\u202evsc.csv")))
    assert version.place == "comptages-velos/1.csv"


def test_papers_of_another_schema_are_no_versions(published):
    batch = published(COUNTS)
    object.__setattr__(batch, "definition", DIPLOMA)
    with pytest.raises(PaperError, match="of the schema 'diploma'"):
        versions_of(batch)
