"""Every step of a vote in a page behind every lie of its node: nothing is signed nor sent, and she reads why.

Rows are in `harness/lied_to`, lies in `tests/adversaries/vote/columns`; by cell, what she reads. A node that says of
trustees what they did not sign is not even read: a page goes by the events, and there the cell `PASSES`.
"""

import contextlib
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from testbed.town import undone
from tests.adversaries.vote.columns import COLUMNS, TRUTH
from tests.adversaries.vote.lies import answers
from tests.adversaries.vote.lying_node import lying_node
from tests.adversaries.vote.spoken import messages_of, secrets_of, signed_in, without
from tests.browser.harness import lied_to
from tests.browser.harness.lied_to import ACTS, ASKED
from tests.browser.test_lying_node import behind

BEGINNING, CHAIN = "replays: a chain of another beginning", "answers: of another chain"
BEFORE = "delays: nothing of what has come since"
LIES = COLUMNS | {
    BEGINNING: lambda _: answers(
        "eth_getBlockByNumber", lambda asked, true: true | {"hash": "0x" + "ab" * 32} if asked[0] == "0x0" else true
    )
}
KINDS = {"delays", "replays", "answers", "swaps", "alters", "hides"}


@dataclass(frozen=True)
class Absent:
    """She is not asked to do it.

    Attributes:
        phrase: of what she reads.
    """

    phrase: str


PASSES = ""
OTHER_CHAIN = "Ce nœud n’est pas sur la chaîne de cette commune : rien n’est fait, signé ni compté par lui."
OTHER_PLACE = "Ce fichier de clé a été fait pour une autre chaîne, un autre contrat, une autre cérémonie"
UNSIGNED = "ou pas tout ce qu’ils ont signé. Rien n’est envoyé : regardez par un autre nœud"
DOUBTED = (
    "Ne vous y fiez pas : le nœud montre ce que des dépositaires n’ont pas signé, ou pas tout ce qu’ils ont signé."
)
UNBOUND = "Ce que le nœud publie n’est pas ce à quoi les bulletins sont liés. Ne votez pas par ce nœud."
UNKNOWN_KEY = "aucun des dépositaires que votre commune a publiés n’a signé cette clé. Aucun bulletin n’est fait"
FALSE_KEY = "Les clés que montre le nœud ne sont pas celles du partage. Ne signez rien"
UNBORNE = "Les bulletins ne portent pas ce qui serait ouvert. Rien de votre clé n’a quitté cet appareil"
GOES_ON = "Le vote n’est pas terminé : il n’y a rien à dépouiller."
NO_VOTE = "Cette consultation n’existe pas."
REFUTED = "Réfuté. Au moins une vérification échoue"
NO_CEREMONY = Absent("Les clés des urnes")

BY_A_KEY_FILE = {
    BEFORE: NO_CEREMONY,
    BEGINNING: Absent(OTHER_CHAIN),
    CHAIN: Absent(OTHER_CHAIN),
    "swaps: who the trustees are": Absent(DOUBTED),
    "swaps: how many open a result": OTHER_PLACE,
    "alters: that all have acted": PASSES,
    "hides: that it was opened": NO_CEREMONY,
}
TOLD = {
    "encrypt a ballot": {
        BEFORE: PASSES,
        BEGINNING: OTHER_CHAIN,
        CHAIN: OTHER_CHAIN,
        "swaps: the terms": UNBOUND,
        "swaps: the terms' hash": UNBOUND,
        "swaps: the key": UNKNOWN_KEY,
        "swaps: who the trustees are": UNKNOWN_KEY,
        "alters: the key": UNBOUND,
        "hides: who acknowledged": UNKNOWN_KEY,
        "hides: the opening": Absent(NO_VOTE),
    },
    "enrol": BY_A_KEY_FILE,
    "commit": BY_A_KEY_FILE | {"swaps: another's key": UNSIGNED},
    "deal": BY_A_KEY_FILE | {
        "swaps: another's key": UNSIGNED,
        "swaps: another's promise": UNSIGNED,
        "hides: who enrolled": UNSIGNED,
        "hides: who committed": UNSIGNED,
    },
    "check her shares": BY_A_KEY_FILE | {
        "swaps: another's deal": UNSIGNED,
        "hides: who dealt": UNSIGNED,
        "hides: that another enrolled": UNSIGNED,
    },
    "sign the key": BY_A_KEY_FILE | {
        "swaps: another's deal": UNSIGNED,
        "swaps: the key": FALSE_KEY,
        "hides: the key": FALSE_KEY,
        "hides: who dealt": FALSE_KEY,
    },
    "count before a share": {
        BEFORE: Absent(GOES_ON),
        BEGINNING: Absent(OTHER_CHAIN),
        CHAIN: Absent(OTHER_CHAIN),
        "swaps: the terms": Absent(UNBOUND),
        "swaps: the ballots": UNBORNE,
        "swaps: how many ballots": UNBORNE,
        "swaps: the totals": UNBORNE,
        "swaps: another's deal": UNBORNE,
        "alters: the key": Absent(UNBOUND),
        "alters: that the vote goes on": Absent(GOES_ON),
        "hides: the ballots": UNBORNE,
        "hides: the closing": Absent("Le vote n’est pas clos."),
        "hides: who acknowledged": UNBORNE,
    },
    "audit": {
        BEFORE: PASSES,
        BEGINNING: OTHER_CHAIN,
        CHAIN: OTHER_CHAIN,
        "swaps: who the trustees are": REFUTED,
        "swaps: another's deal": REFUTED,
        "swaps: the ballots": REFUTED,
        "swaps: the totals": REFUTED,
        "swaps: the shares": REFUTED,
        "swaps: the result": REFUTED,
        "alters: the counts": PASSES,
        "hides: the shares": REFUTED,
        "hides: who acknowledged": REFUTED,
    },
    "check a ballot that was opened": {
        BEFORE: PASSES,
        BEGINNING: OTHER_CHAIN,
        CHAIN: OTHER_CHAIN,
        "swaps: the terms": UNBOUND,
        "swaps: the terms' hash": UNBOUND,
        "alters: the key": UNBOUND,
        "hides: the opening": Absent(NO_VOTE),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def at(stage, tmp_path_factory):
    """The moment of an act; one at a time, for all the lies that are told of it."""
    moments = {}
    with contextlib.ExitStack() as passing:

        def at(name, polls):
            if name not in moments:
                passing.close()
                moments.clear()
                passing.enter_context(undone(stage.rpc))
                moments[name] = lied_to.moment(ACTS[name], stage, polls, tmp_path_factory.mktemp("desk"))
            return moments[name]

        yield at


CELLS = [(name, lie) for name, row in TOLD.items() for lie in {TRUTH: PASSES} | row]


@pytest.mark.parametrize(("name", "lie"), CELLS, ids=[f"{name}-{lie}" for name, lie in CELLS])
def test_behind_a_lie_nothing_is_signed_nor_sent_and_she_reads_why(name, lie, at, arrives, stage, town, polls):
    act, told, moment, posted = ACTS[name], TOLD[name].get(lie, PASSES), at(name, polls), []
    with undone(stage.rpc), lying_node(stage.rpc.url, LIES[lie](moment)) as node:
        person = arrives(key=lied_to.actor(name, stage), phone=False)
        behind(person, stage.rpc.url, node)
        person.page.on("request", lambda it: posted.append(it.url) if _is_handed_in(it, town) else None)
        person.visits("/").connects().goes(act.goes(moment.about))
        if isinstance(told, Absent):
            person.reads(told.phrase)
            expect(act.offers(person, moment.about)).to_have_count(0)
        else:
            act.do(person, moment.about, moment.folder)
            person.reads(re.compile(re.escape(told or act.done)))
            expect(person.page.get_by_role("dialog")).to_have_count(1 if (told, act.done) == (PASSES, ASKED) else 0)
            assert person.page.get_by_text(act.done).count() == 0 or told == PASSES
        assert (person.wallet.signed, posted) == ([], [])
        assert (messages_of(polls, node.heard), signed_in(polls, node.heard)) == ([], [])
        rest = without(node.heard, ())
        assert [secret for secret, it in secrets_of(moment.station).items() if it in rest] == []


def test_every_act_is_tried_by_every_kind_of_lie():
    lacks = {name: KINDS - {lie.partition(":")[0] for lie in row} for name, row in TOLD.items()}
    assert {name: it for name, it in lacks.items() if it} == {}
    assert TOLD.keys() == ACTS.keys()


def _is_handed_in(request, town):
    return request.method == "POST" and request.url.startswith(town.post)
