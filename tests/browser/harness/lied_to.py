"""What a page does with a vote, each act at its moment: rows of the table in `test_every_lie`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Locator

from beffroi.ballots.ballot import make_ballot
from beffroi.ballots.keyfiles import save
from beffroi.ballots.transcript import to_address
from beffroi.chain.keys import Key
from beffroi.consultation import ceremony, challenge, counting
from beffroi.consultation.polls import Polls
from beffroi.consultation.promised import Memory
from beffroi.demo import trustees
from beffroi.demo.open_house import LOSES_HER_KEY, SUBJECT
from beffroi.demo.stage import Stage
from testbed.browser.person import Person

OPEN, TALLIED, CHOICE, ME = 4, 1, 1, 0
"""The consultation that is open in the demo's town, one that has its result, what is voted, and which trustee acts."""
PASSWORD = "le beffroi sonne à midi"
COST = 1 << 12
"""Of scrypt, low: its strength is not what is tested."""
KEY_FILE, OPENED = "mine.json", "opened.json"


@dataclass(frozen=True)
class PageAct:
    """Something that a person does in a page.

    Attributes:
        prepare: brings the town to its moment, her files into a folder; the number that it is about.
        goes: where, of that number.
        do: what she does there.
        done: what she reads where nothing stands against it.
        offers: where the page asks her for it.
    """

    prepare: Callable[[Stage, Polls, Path], int]
    goes: Callable[[int], str]
    do: Callable[[Person, int, Path], None]
    done: str
    offers: Callable[[Person, int], Locator] = lambda person, _: person.page.locator("main input")


@dataclass(frozen=True)
class PageMoment:
    """The town at the moment of an act.

    Attributes:
        station: the contracts, the town's manifest and its trustees, as the lies ask for them.
        about: the number that it is about.
        first: number of the block before its preparation.
        folder: where her files are.
    """

    station: Any
    about: int
    first: int
    folder: Path


def moment(act: PageAct, stage: Stage, polls: Polls, folder: Path) -> PageMoment:
    """Brings the town to the moment of an act."""
    first = stage.rpc.number("eth_blockNumber")
    about = act.prepare(stage, polls, folder)
    ordered = sorted(
        zip(trustees.accounts(stage), trustees.secrets(), strict=True), key=lambda it: it[0].address.lower()
    )
    called = [
        SimpleNamespace(
            index=index, account=SimpleNamespace(address=account.address, secret=account.key), secret=secret
        )
        for index, (account, secret) in enumerate(ordered, 1)
    ]
    hall = SimpleNamespace(manifest=stage.manifest, trustees=called)
    return PageMoment(SimpleNamespace(polls=polls, hall=hall), about, first, folder)


def actor(name: str, stage: Stage) -> Key:
    """Who acts: a trustee, or for a ballot somebody who has not voted."""
    if name == "encrypt a ballot":
        return stage.people["citizen"][LOSES_HER_KEY + 1]
    return Key(bytes(trustees.accounts(stage)[ME].key))


def _ceremony(steps: int, *, over: bool = False) -> Callable[[Stage, Polls, Path], int]:
    """A ceremony in which all three have taken so many steps; and the time of the last is over."""

    def prepare(stage: Stage, polls: Polls, folder: Path) -> int:
        number = trustees.open_ceremony(stage, polls)
        files = trustees.key_files(polls, number)
        for _ in range(steps):
            for account, key in zip(trustees.accounts(stage), files, strict=True):
                ceremony.take_step(polls, number, account, key, Memory())
        if over:
            stage.pass_days(2)
            ceremony.move_on(polls, number, stage.office("clerk"))
        save(files[ME], folder / KEY_FILE, PASSWORD, cost=COST)
        return number

    return prepare


def _as_it_is(number: int) -> Callable[[Stage, Polls, Path], int]:
    return lambda *_: number


def _over(stage: Stage, polls: Polls, _: Path) -> int:
    stage.pass_days(8)
    counting.close(polls, OPEN, stage.office("clerk"))
    return OPEN


def _opened(stage: Stage, polls: Polls, folder: Path) -> int:
    params, (voter, *_) = polls.params(OPEN), stage.people["citizen"]
    ballot = make_ballot(params, to_address(voter.address), 0, SUBJECT.asked.messages(CHOICE))
    (folder / OPENED).write_text(challenge.to_text(params, ballot), encoding="utf-8")
    return OPEN


def _card(person: Person, about: int) -> Locator:
    return person.page.locator("section.card").filter(has_text=f"Cérémonie {about}")


def _file(person: Person, about: int) -> Locator:
    return _card(person, about).get_by_label("Fichier de clé", exact=True)


def _steps(button: str) -> Callable[[Person, int, Path], None]:
    def do(person: Person, about: int, folder: Path) -> None:
        card = _card(person, about)
        _file(person, about).set_input_files(folder / KEY_FILE)
        card.get_by_label("Phrase de passe", exact=True).fill(PASSWORD)
        card.get_by_role("button", name=button).click()

    return do


def _votes(person: Person, _: int, __: Path) -> None:
    person.page.get_by_role("radio", name=SUBJECT.options[CHOICE]).check()
    person.presses("Chiffrer mon bulletin")


def _checks(person: Person, _: int, folder: Path) -> None:
    person.page.get_by_text("Vérifier un reçu ou un bulletin ouvert").first.click()
    person.page.locator("input[type=file]").set_input_files(folder / OPENED)
    person.presses("Vérifier ce bulletin ouvert")


def _presses(button: str) -> Callable[[Person, int, Path], None]:
    return lambda person, _, __: person.presses(button) and None


def _keys(_: int) -> str:
    return "/vote/keys"


def _of(view: str = "") -> Callable[[int], str]:
    return lambda number: f"/vote/{number}{view}"


COUNTS, ASKED = "Compter les bulletins", "En attente de votre signature…"
ACTS = {
    "encrypt a ballot": PageAct(_as_it_is(OPEN), _of(), _votes, "Votre bulletin est chiffré"),
    "enrol": PageAct(_ceremony(0), _keys, _steps("M’inscrire"), ASKED, _file),
    "commit": PageAct(_ceremony(1), _keys, _steps("M’engager"), ASKED, _file),
    "deal": PageAct(_ceremony(2), _keys, _steps("Publier mon partage"), ASKED, _file),
    "check her shares": PageAct(
        _ceremony(3), _keys, _steps("Vérifier mes parts"), "Les 2 parts reçues sont justes.", _file
    ),
    "sign the key": PageAct(_ceremony(3, over=True), _keys, _steps("Signer la clé"), ASKED, _file),
    "count before a share": PageAct(
        _over,
        _of("/count"),
        _presses(COUNTS),
        "Les bulletins portent ces totaux",
        lambda person, _: person.button(COUNTS),
    ),
    "audit": PageAct(_as_it_is(TALLIED), _of("/audit"), _presses("Tout vérifier"), "Confirmé. Le résultat est"),
    "check a ballot that was opened": PageAct(_opened, _of(), _checks, "Honnête : il contenait ceci"),
}
