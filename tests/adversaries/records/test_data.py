"""Open data attacked: a server that swaps files and catalogue, a chain of versions that is forged, an issuer disowned.

Whoever serves the folder may put anything into it. What holds against him is the chain alone: a batch that it does not
have is told, a paper that it has and he hides is told, and whose a version is stands beside its name.
"""

import dataclasses
import json

import pytest

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.cli.opendata import tell_version
from beffroi.records.attested import Attested, SeriesName
from beffroi.records.definition import DefinitionError
from beffroi.records.openbatch import open_text, seal_open
from beffroi.records.opendata.dataaudit import data_problems
from beffroi.records.opendata.dataversion import VERSION, DataFile, version_draft, versions_of
from beffroi.records.opendata.dcat import Publication, catalogue_json
from beffroi.records.opendata.folder import read_data, tell_data
from beffroi.records.opendata.issueddata import standing
from beffroi.records.paper import PaperError
from beffroi.units import DAY_S
from testbed.town import CLERK, MAYOR, fund
from tests.records.opendata.conftest import COUNTS, DATA_SET, TITLE

MALLORY = Key.derived("data", "mallory")
BASE = "https://valombre.example/town/data/"
SECOND = COUNTS + "2026-04-01,Gare,101\n"


@pytest.fixture
def attested(town):
    fund(town.rpc, [MALLORY])
    return Attested.of(town.rpc, town.manifest)


@pytest.fixture
def issues(attested, tmp_path):
    """Issues a version of a file's text, in a series of its accreditor's; gives the batch, and the file."""
    opened = {}

    def issue(who, text, name, *, before=None, accreditor=MAYOR, title=TITLE, issued=True):
        if accreditor not in opened:
            opened[accreditor] = attested.open_schema(accreditor, VERSION)
        series = SeriesName(opened[accreditor], who.address)
        attested.accredit(accreditor, series, clock_s(attested.rpc) + 100 * DAY_S)
        path = tmp_path / f"{who.address}-{name}.csv"
        path.write_text(text)
        file = DataFile.read(path)
        draft = version_draft(file, DATA_SET["ID"], name, title, before)
        first = attested.next_number(series)
        batch = seal_open(attested.home, VERSION, series.schema, series.issuer, first, [draft])
        if issued:
            attested.issue(who, batch)
        return batch, file

    return issue


@pytest.fixture
def two(issues):
    """The town's two versions, the second after the first."""
    one, march = issues(CLERK, COUNTS, "1")
    other, april = issues(CLERK, SECOND, "2", before=one.papers[0].ref)
    return [one, other], [march, april]


@pytest.fixture
def folder(town, attested, two, tmp_path):
    """The town's folder, as it published it."""
    batches, files = two
    known = standing(attested, town.manifest, batches)
    tell_data(BASE, [DATA_SET], batches, files, known).write(tmp_path / "town" / "data")
    return tmp_path / "town"


def audited(town, attested, folder):
    found = read_data(folder)
    known = standing(attested, town.manifest, found.batches)
    return known, data_problems(found, known, attested.home)


def sha256(tmp_path, text):
    path = tmp_path / "got.csv"
    path.write_text(text)
    return DataFile.read(path).sha256


def test_a_folder_that_nobody_touched_agrees(town, attested, folder):
    known, told = audited(town, attested, folder)
    assert told == []
    assert [it.head.name for it in known.histories] == ["2"]


def test_a_server_that_swaps_a_file_and_the_catalogue_s_hash_is_named_twice(town, attested, folder, tmp_path):
    path, catalogue = folder / "data" / DATA_SET["ID"] / "2.csv", folder / "data" / "catalogue.jsonld"
    forged = SECOND.replace("412", "42")
    own = DataFile.read(path).sha256
    path.write_text(forged)
    catalogue.write_text(catalogue.read_text().replace(own.hex(), sha256(tmp_path, forged).hex()))
    known, told = audited(town, attested, folder)
    assert any("2.csv is not the file of its paper" in it for it in told)
    assert any("version 2: the sha256 is" in it for it in told)
    assert known.find(sha256(tmp_path, forged)) == []


def test_a_server_that_forges_a_paper_for_its_file_too_has_none_on_the_chain(
    town, attested, folder, two, issues, tmp_path
):
    forged = SECOND.replace("412", "42")
    batch, _ = issues(CLERK, forged, "3", before=two[0][1].papers[0].ref, issued=False)
    (folder / "data" / "batches" / "forged.json").write_text(open_text(batch))
    known, told = audited(town, attested, folder)
    assert any("are not on the chain" in it for it in told)
    assert known.find(sha256(tmp_path, forged)) == []


def test_a_server_that_hides_the_latest_version_is_named(town, attested, folder, two):
    (*_, last), _ = two
    (folder / "data" / f"batches/0x{last.root.hex()}.json").unlink()
    known, told = audited(town, attested, folder)
    assert any("paper 1 stands on the chain, and is not published here: it may be a later version" in it for it in told)
    assert [it.head.name for it in known.histories] == ["1"]


def test_a_stranger_s_data_in_the_place_of_the_town_s_is_named_with_what_is_left_out(town, attested, folder, issues):
    batch, file = issues(MALLORY, SECOND.replace("412", "42"), "2", accreditor=MALLORY)
    known = standing(attested, town.manifest, [batch])
    told = catalogue_json(Publication(attested.home, BASE), [DATA_SET], known.histories,
                          dict.fromkeys(versions_of(batch), "batches/x.json"))  # fmt: skip
    for path in (folder / "data" / "batches").iterdir():
        path.unlink()
    (folder / "data" / "batches" / "x.json").write_text(open_text(batch))
    (folder / "data" / DATA_SET["ID"] / "2.csv").write_bytes(file.data)
    (folder / "data" / "catalogue.jsonld").write_text(json.dumps(told))
    _, problems = audited(town, attested, folder)
    assert any("is NOT of the town: no office of it opened that schema" in it for it in problems)
    assert any("of the town has 2 papers, and nothing of it is published here" in it for it in problems)


def test_a_version_is_not_the_latest_where_a_later_paper_is_hidden(town, attested, folder, two, capsys):
    (*_, last), _ = two
    (folder / "data" / f"batches/0x{last.root.hex()}.json").unlink()
    known, _ = audited(town, attested, folder)
    (history,) = known.histories
    assert tell_version(known, history, history.head) == 1
    assert "Whether it is the latest is NOT known: paper 1 of that series" in capsys.readouterr().out


def test_a_file_that_is_published_again_is_told_as_the_version_that_it_is_now(town, attested, two, issues, tmp_path):
    (one, other), _ = two
    again, _ = issues(CLERK, COUNTS, "3", before=other.papers[0].ref)
    for back in ((), {0}):
        if back:
            attested.revoke(MAYOR, SeriesName(one.schema, one.issuer), back)
        known = standing(attested, town.manifest, [one, other, again])
        assert [it.name for _, it in known.find(sha256(tmp_path, COUNTS))] == ["3", "1"]


def test_a_folder_where_a_batch_should_be_stops_the_reading_of_no_other(town, attested, folder):
    (folder / "data" / "batches" / "0.json").mkdir()
    known, told = audited(town, attested, folder)
    assert "0.json cannot be read: Is a directory" in told
    assert known.histories[0].head.name == "2"


def test_a_stranger_s_version_under_the_same_name_is_not_the_town_s(town, attested, folder, issues, tmp_path):
    forged = SECOND.replace("412", "42")
    batch, file = issues(MALLORY, forged, "2", accreditor=MALLORY)
    (folder / "data" / "batches" / "mallory.json").write_text(open_text(batch))
    known, told = audited(town, attested, folder)
    (((history, _),)) = known.find(sha256(tmp_path, forged))
    assert history.schema not in known.offices
    assert any("2 publishers have a data set of this name" in it for it in told)
    town_s, *_ = known.find(sha256(tmp_path, SECOND))
    assert town_s[0].schema in known.offices
    with pytest.raises(PaperError, match="no office of the town opened schema"):
        tell_data(BASE, [DATA_SET], [batch], [file], standing(attested, town.manifest, [batch]))


def test_a_stranger_who_seals_the_town_s_very_file_comes_after_the_town(town, attested, folder, issues, tmp_path):
    batch, _ = issues(MALLORY, SECOND, "9", accreditor=MALLORY)
    (folder / "data" / "batches" / "0.json").write_text(open_text(batch))
    known, _ = audited(town, attested, folder)
    found = known.find(sha256(tmp_path, SECOND))
    assert [it.name for _, it in found] == ["2", "9"]


def test_an_insider_who_forks_the_chain_of_versions_is_named(town, attested, two, issues):
    (one, other), files = two
    fork, file = issues(CLERK, COUNTS.replace("412", "42"), "2b", before=one.papers[0].ref)
    known = standing(attested, town.manifest, [one, other, fork])
    (history,) = known.histories
    assert history.head is None
    assert any(it.startswith("a fork: versions 2, 2b") for it in history.problems)
    with pytest.raises(PaperError, match="a fork"):
        tell_data(BASE, [DATA_SET], [one, other, fork], [*files, file], known)


def test_a_version_that_claims_a_leaf_which_is_another_paper_s_is_a_gap(town, attested, two, issues):
    (one, other), _ = two
    lied = dataclasses.replace(one.papers[0].ref, leaf=other.papers[0].ref.leaf)
    third, _ = issues(CLERK, COUNTS + "x,y,1\n", "3", before=lied)
    (history,) = standing(attested, town.manifest, [one, other, third]).histories
    assert any("rests on paper 0, which is published nowhere: a gap" in it for it in history.problems)


def test_an_issuer_disowned_after_the_fact_has_no_version_that_holds(town, attested, folder, two):
    (one, _), _ = two
    attested.disown(MAYOR, SeriesName(one.schema, one.issuer), 0, 2)
    known, told = audited(town, attested, folder)
    (history,) = known.histories
    assert (history.head, len(history.taken_back)) == (None, 2)
    assert any(it.endswith("no version of it holds: all are revoked or disowned") for it in told)


def test_a_revoked_latest_version_gives_its_place_back_to_the_one_before(town, attested, folder, two):
    (one, _), _ = two
    attested.revoke(MAYOR, SeriesName(one.schema, one.issuer), {1})
    known, _ = audited(town, attested, folder)
    assert known.histories[0].head.name == "1"


@pytest.mark.parametrize("spoilt", ["", "[]", "{}", "\x00", '{"format": "beffroi-open-1"}', "[" * 100_000])
def test_a_batch_that_is_none_is_named_and_the_others_are_read(town, attested, folder, spoilt):
    (folder / "data" / "batches" / "spoilt.json").write_text(spoilt)
    known, told = audited(town, attested, folder)
    assert any(it.startswith("spoilt.json") for it in told)
    assert known.histories[0].head.name == "2"


def test_a_lying_list_of_batches_changes_nothing(town, attested, folder):
    (folder / "data" / "index.json").write_text(json.dumps({"batches": ["../../etc/passwd"]}))
    assert audited(town, attested, folder)[1] == []


def test_versions_of_another_town_are_none_here(town, attested, two):
    (one, _), _ = two
    moved = dataclasses.replace(one, home=dataclasses.replace(one.home, chain_id=1))
    known = standing(attested, town.manifest, [moved])
    assert known.histories == ()
    assert any("of another contract, or of another chain" in it for it in known.problems)


def test_titles_of_markup_are_told_as_they_are_and_of_bidi_not_sealed(issues):
    batch, _ = issues(CLERK, COUNTS, "1", title="<b>=1+1</b>")
    assert versions_of(batch)[0].title == "<b>=1+1</b>"
    with pytest.raises(DefinitionError, match="is no text"):
        issues(CLERK, COUNTS, "2", title="Comptages\u202evsc.exe")
