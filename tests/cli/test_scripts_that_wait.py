"""Acts that take several days and commands, each by its command line: what waits, is suspended, or follows another."""

import datetime as dt
import os

import pytest
from ruamel.yaml import YAML

from beffroi.chain.contract import Contract
from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from beffroi.credibility.mandate import Mandates, Pledge, Supply
from beffroi.residents import ResidentKind
from beffroi.town.manifest import DEPLOYMENTS, manifest_path, read_manifest
from beffroi.units import DAY_S, HOUR_S
from testbed.anvil import anvil
from testbed.estate import PAPER
from testbed.polls import hall_of
from testbed.town import AUDITOR, CLERK, ELSEWHERE, EXAMPLE, GUARDIAN, MAYOR, TREASURER, found, undone
from tests.cli.killable.place import Miner, spike
from tests.support.flaky_proxy import Fault, flaky_proxy
from tests.support.mortal_shell import Death, MortalShell, forget

DEBTOR, CREDITOR = ELSEWHERE[:2]
CITIZENS = [Key.derived("waiting", number) for number in range(6)]


class Desk:
    """A town, its file, and a terminal."""

    def __init__(self, shell, town, path):
        self.shell, self.town, self.path = shell, town, path

    def does(self, *words, fails=False):
        at = ("--town", self.path, "--network", f"ethereum:local:{self.town.rpc.url}")
        code, printed = self.shell.run(*words, *at)
        assert (code != 0) == fails, printed
        return printed

    def is_killed(self, *words, heard):
        """While no block comes; started again at once, under a fee that has risen."""
        rpc, words = self.town.rpc, [*words, "--town", self.path]
        rpc.call("evm_setAutomine", False)
        self.shell.is_killed(rpc.url, Death(1, heard), words)
        spike(rpc)
        with Miner(rpc) as miner, flaky_proxy(rpc.url, lambda _: Fault.NONE, miner.once_looked) as node:
            code, printed = self.shell.run(*words, "--network", f"ethereum:local:{node}")
        rpc.call("evm_setAutomine", True)
        assert code == 0, printed
        return printed

    def names_another_currency(self):
        charter = {"instance": "Lys2", "name": "Lys deux", "succeeds": "LocalCurrency"}
        self.rewrites(lambda it: it["currency"].update(charter))

    def rewrites(self, change):
        content = YAML().load(self.path.read_text())
        change(content)
        with self.path.open("w") as file:
            YAML().dump(content, file)


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A town whose returning officer announces acts an hour before; a debtor and a creditor live there."""
    folder, name = tmp_path_factory.mktemp("waiting"), f"waiting-{os.getpid()}"
    desk = Desk(MortalShell(folder), None, folder / "town.yaml")
    desk.path.write_text(EXAMPLE.read_text())
    desk.rewrites(lambda it: it.update(town=name))
    desk.rewrites(lambda it: it["offices"]["returning_officer"][0].update(delay_hours=1))
    try:
        with anvil() as url:
            desk.town = found(Rpc(url), desk.path, DEPLOYMENTS)
            desk.town.enrols(ResidentKind.PROFESSIONAL, DEBTOR, CREDITOR)
            desk.town.does(AUDITOR, desk.town.currency, "attestReserve", 900_00, PAPER)
            desk.town.does(TREASURER, desk.town.currency, "issue", DEBTOR.address, 100_00, PAPER)
            yield desk
    finally:
        desk.shell.close()
        manifest_path(31337, name).unlink(missing_ok=True)


@pytest.fixture
def desk(standing):
    text = standing.path.read_text()
    manifest = manifest_path(31337, YAML().load(text)["town"])
    kept = manifest.read_bytes()
    with undone(standing.town.rpc):
        standing.town.rpc.call("evm_mine")
        yield standing
    standing.path.write_text(text)
    manifest.write_bytes(kept)
    forget(standing.town.rpc)


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "order.pdf"
    path.write_bytes(b"%PDF")
    return path


def cents(desk, *who):
    return desk.town.currency.reads(desk.town.rpc, "balanceOf", [(key.address,) for key in who])


def test_a_seizure_is_ordered_suspended_resumed_and_carried_out_by_anyone(desk, paper):
    seizure = ("currency", "seizure")
    ordered = desk.does(*seizure, "order", DEBTOR.address, CREDITOR.address, "120,50", paper)
    assert "Seizure 1 is announced; it may be carried out from" in ordered
    assert "120.50" in desk.does(*seizure, "list")
    assert "TooEarly" in desk.does(*seizure, "carry-out", 1, fails=True)
    assert "Seizure 1 is suspended" in desk.does(*seizure, "suspend", 1, paper)
    assert "Seizure 1 goes on; its delay begins anew" in desk.does(*seizure, "resume", 1, paper)
    desk.town.pass_s(60 * DAY_S)
    assert "Seizure 1 is carried out" in desk.does(*seizure, "carry-out", 1)
    assert cents(desk, DEBTOR, CREDITOR) == [0, 100_00]


@pytest.mark.parametrize(("suspended", "ends"), [(False, "withdraw"), (True, "annul")])
def test_a_seizure_is_taken_back_by_the_court_or_annulled_by_admin(desk, paper, suspended, ends):
    seizure = ("currency", "seizure")
    desk.does(*seizure, "order", DEBTOR.address, CREDITOR.address, "50", paper)
    if suspended:
        desk.does(*seizure, "suspend", 1, paper)
    desk.does(*seizure, ends, 1, paper)
    assert "50.00" not in desk.does(*seizure, "list")
    assert cents(desk, DEBTOR, CREDITOR) == [100_00, 0]


def test_the_guardian_stops_the_currency_and_lets_it_move_again(desk):
    assert "LocalCurrency is stopped." in desk.does("currency", "pause")
    assert desk.town.currency.read(desk.town.rpc, "paused")
    assert "PauseUnchanged" in desk.does("currency", "pause", fails=True)
    assert "LocalCurrency moves again." in desk.does("currency", "pause", "--end")
    assert not desk.town.currency.read(desk.town.rpc, "paused")


def test_a_stop_that_was_cut_short_and_ended_by_another_hand_is_a_stop_again(desk):
    town = desk.town
    desk.shell.is_killed(town.rpc.url, Death(1, heard=True), ["currency", "pause", "--town", desk.path])
    town.does(GUARDIAN, town.currency, "resume")
    assert "LocalCurrency is stopped." in desk.does("currency", "pause")
    assert town.currency.read(town.rpc, "paused")


def test_an_announcement_that_ran_out_is_made_anew(desk):
    hall = hall_of(desk.town)
    trustees = [word for trustee in hall.trustees for word in ("--trustee", trustee.account.address)]
    ceremony = ("vote", "ceremony", "open", *trustees, "--needed", "2", "--hours", 1, 1, 1, 1, 1)
    for wait_s in (9 * DAY_S, HOUR_S):
        assert "Announced" in desk.does(*ceremony)
        hall.pass_s(wait_s)
    assert "Ceremony 1 is open" in desk.does(*ceremony)


def test_a_currency_is_followed_by_another_by_its_commands(desk):
    desk.names_another_currency()
    assert "pause --currency LocalCurrency" in desk.does("deploy", fails=True)
    succeed = ("currency", "succeed")
    assert "LocalCurrency is not retired yet: nothing is carried over" in desk.does(*succeed)
    stops = desk.does("currency", "pause")
    assert "Lys2 is stopped. LocalCurrency still moves: stop it by --currency LocalCurrency." in stops
    assert "still moves" not in desk.does("currency", "pause", "--currency", "LocalCurrency")
    assert "still moves" not in desk.does("currency", "pause", "--end")
    desk.does("deploy")
    told = desk.does(*succeed)
    assert "100.00 carried over" in told
    assert "LocalCurrency is empty: `ape run deploy` ends its offices" in told


@pytest.mark.parametrize("heard", [True, False])
def test_a_succession_that_is_killed_as_it_informs_and_as_it_carries_over_moves_every_cent_once(desk, heard):
    desk.names_another_currency()
    desk.does("deploy", fails=True)
    succeed = ("currency", "succeed")
    assert "is not retired yet" in desk.is_killed(*succeed, heard=heard)
    for words in (("--currency", "LocalCurrency"), (), ("--end",)):
        desk.does("currency", "pause", *words)
    desk.does("deploy")
    assert "LocalCurrency is empty" in desk.is_killed(*succeed, heard=heard)
    manifest = read_manifest(manifest_path(31337, YAML().load(desk.path.read_text())["town"]))
    new = Contract.built("LocalCurrency", manifest.address("Lys2"))
    assert cents(desk, DEBTOR) == [0]
    assert new.read(desk.town.rpc, "balanceOf", DEBTOR.address) == 100_00
    assert new.read(desk.town.rpc, "totalSupply") == 100_00


def test_an_officer_who_must_announce_puts_promises_to_the_vote_by_one_command(desk, tmp_path):
    """Announced, opened, announced, attached; a resident who comes meanwhile changes nothing."""
    town, hall = desk.town, hall_of(desk.town)
    mandates = Mandates(town.rpc, town.authority, town.contract("Promises"))
    town.enrols(ResidentKind.CITIZEN, *CITIZENS[:5])
    terms = (MAYOR.address, hall.polls.now_s() + 1_000 * DAY_S, Supply.POPULATION, PAPER)
    mandates.open(CLERK, *terms)
    hall.pass_s(2 * DAY_S)
    number = mandates.open(CLERK, *terms)
    mandates.pledge(MAYOR, number, [Pledge("school", "https://t.example", 10_000, hall.polls.now_s() + 9 * DAY_S)])
    mandates.bring(MAYOR, number, 0, PAPER, "")

    trustees = [word for trustee in hall.trustees for word in ("--trustee", trustee.account.address)]
    ceremony = ("vote", "ceremony", "open", *trustees, "--needed", "2", "--hours", 1, 1, 1, 1, 1)
    assert "Announced" in desk.does(*ceremony)
    hall.pass_s(HOUR_S)
    assert "Ceremony 1 is open" in desk.does(*ceremony)
    for _ in range(3):
        hall.step(1)
    hall.deadline(1)
    hall.step(1)

    opens, words = hall.polls.now_s() + 20 * DAY_S, []
    for name, at_s in (("opens", opens), ("closes", opens + 7 * DAY_S), ("tally", opens + 9 * DAY_S)):
        words += [f"--{name}", f"{dt.datetime.fromtimestamp(at_s, dt.UTC):%Y-%m-%dT%H:%M}"]
    evaluate = ("cred", "evaluate", number, "--promises", "1", "--ceremony", 1, *words)
    evaluate = (*evaluate, "--roll", tmp_path / "roll.csv")
    assert "are not the roll that registrar and returning officer sealed last" in desk.does(*evaluate, fails=True)
    seal = ("vote", "roll", "seal")
    desk.does("vote", "roll", "draw", tmp_path / "citizens.csv")
    desk.does("vote", "roll", "propose", tmp_path / "citizens.csv")
    hall.pass_s(HOUR_S)
    desk.does("vote", "roll", "propose", tmp_path / "citizens.csv")
    desk.does(*seal)
    hall.pass_s(HOUR_S)
    desk.does(*seal)
    assert "Announced: open a consultation" in desk.does(*evaluate)
    town.enrols(ResidentKind.CITIZEN, CITIZENS[5])
    hall.pass_s(HOUR_S)
    assert "Announced: attach an evaluation" in desk.does(*evaluate)
    assert "may be carried out from" in desk.does(*evaluate, fails=True)
    hall.pass_s(HOUR_S)
    assert "Evaluation 1 is consultation 1, over 5 citizens." in desk.does(*evaluate)
