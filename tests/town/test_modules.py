"""Each module has all its rooms, or says why not; and its record says what it really does."""

import inspect

import pytest

from beffroi.chain.artifacts import ROOT
from beffroi.post.kinds import SlipKind
from beffroi.publish.papers import PublishedPart
from beffroi.town.config import TownConfig
from beffroi.town.fields import Office
from beffroi.town.holders import Offices
from beffroi.town.load import load_town
from beffroi.town.modules import MODULES, Without, rooms
from beffroi.town.plan import lay_out
from tests.town.conftest import EXAMPLE

FOLDERS = {"slips": "beffroi/post/kinds", "papers": "beffroi/publish", "chapter": "beffroi/demo"}
by_section = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.section)


@pytest.fixture(scope="module")
def laid():
    """What each module of the example does when it is laid: contracts, offices, leaders, by its section."""
    config = load_town(EXAMPLE)
    found, before = {}, ({"Town"}, set(), 0)
    for count in range(1, len(MODULES) + 1):
        off = {module.section: None for module in MODULES[count:]}
        site = lay_out(config.model_copy(update=off), "0x" + "11" * 20)
        contracts = {contract.built for contract in site.contracts.values()}
        functions, links = set(site.functions.items()), len(site.links)
        targets = {contract.address: contract.name for contract in site.contracts.values()}
        found[MODULES[count - 1].section] = (
            contracts - before[0],
            {Office(role).name.lower() for _, role in functions - before[1] if Office(role).is_named},
            {targets[link.target] for link in site.links[before[2] :] if "follows" in link.purpose},
        )
        before = (contracts, functions, links)
    return found


@by_section
def test_it_places_the_contracts_of_its_record(module, laid):
    assert laid[module.section][0] == set(module.contracts)


@by_section
def test_it_needs_the_offices_that_it_gives_something_to_do(module, laid):
    assert laid[module.section][1] == set(module.offices)


@by_section
def test_it_follows_those_of_its_record(module, laid):
    assert laid[module.section][2] == (set() if isinstance(module.follows, Without) else set(module.follows))


@by_section
@pytest.mark.parametrize("kind", [*FOLDERS, "follows"])
def test_a_room_that_is_missing_has_a_reason(module, kind):
    room = getattr(module, kind)
    if isinstance(room, Without):
        assert len(room.why.split()) > 3
        assert kind == "follows" or not (ROOT / FOLDERS[kind] / f"{module.section}.py").exists()


def test_the_towns_file_has_a_section_for_each_module_and_no_other():
    fields = list(TownConfig.model_fields)
    assert set(fields[fields.index("offices") + 1 :]) == {module.section for module in MODULES}
    for module in MODULES:
        (first,) = load_town(EXAMPLE).sections(module.section)
        assert type(first) is module.model


def test_every_office_of_the_file_serves_a_module():
    served = {office for module in MODULES for office in module.offices}
    assert set(Offices.model_fields) - served == {"admin_guardian"}, "which serves the town itself"


def test_every_kind_of_slip_is_in_its_modules_room():
    def concrete(kind):
        inner = [found for child in kind.__subclasses__() for found in concrete(child)]
        return inner if inspect.isabstract(kind) or not hasattr(kind, "base_name") else [kind, *inner]

    listed = [kind for room in rooms("slips") for kind in room.KINDS]
    ours = {kind for kind in concrete(SlipKind) if kind.__module__.startswith("beffroi.")}
    assert set(listed) == ours
    assert len({kind.base_name for kind in listed}) == len(listed)


def test_every_chapter_tells_and_every_part_is_published():
    assert all(callable(room.tell) for room in rooms("chapter"))
    assert all(isinstance(room.PART, PublishedPart) for room in rooms("papers"))


def test_every_folder_of_scripts_is_a_modules():
    folders = {path.name for path in (ROOT / "scripts").iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders == {folder for module in MODULES for folder in module.commands}
