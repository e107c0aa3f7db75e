import dataclasses
import re
from datetime import UTC, date, datetime
from fractions import Fraction
from html.parser import HTMLParser

import pytest

from beffroi.land.certificate import (
    Burden,
    TitleEvent,
    TitleStatus,
    facts,
    render,
    words,
)
from beffroi.land.certificate.facts import CertificateError
from beffroi.land.shares import RightKind
from tests.land.conftest import ADA, BOB, URL, digest


class Page(HTMLParser):
    """The text of a page, its elements, and whether they close as they opened."""

    VOID = ("meta", "br", "wbr", "path", "rect")

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_is_whole_and_asks_nothing_of_the_network(certificate, language):
    html = render(certificate, language)
    page = Page(html)

    assert page.open == []
    assert ("html", {"lang": language}) in page.elements
    assert {tag for tag, _ in page.elements} & {"script", "img", "link", "iframe", "object", "form"} == set()
    assert not any(
        name in attributes for _, attributes in page.elements for name in ("src", "onload", "onerror", "style")
    )
    assert [attributes["href"] for _, attributes in page.elements if "href" in attributes] == [URL]
    assert re.findall(r"(?:https?:)?//[^\s\"<]+", html.replace(URL, "")) == []
    assert "url(" not in html
    assert "@import" not in html
    assert "default-src 'none'" in html


def test_it_says_what_the_register_says(certificate):
    text = Page(render(certificate)).text

    for expected in (
        "Commune de Valombre-sur-Lys",
        "Section AB, numéro 17",
        "Vente en cours",
        "459 m²",
        "4 a 59 ca",
        "Adélaïde Vanderbeke",
        "Nue-propriété",
        "185\u202f000,00\u00a0€",
        "15 janvier 2034",
        "au profit de la parcelle AB 2",
        "Immatriculation — reprise du cadastre",
        "8\u202f412\u202f907",
        certificate.parcel.keccak256.hex(),
        certificate.fingerprint.hex(),
        digest("block").hex(),
        BOB,
        "aucune valeur juridique",
    ):
        assert expected in text, expected


def test_every_word_exists_in_both_languages():
    assert words.WORDS["fr"].keys() == words.WORDS["en"].keys()
    for language in words.WORDS.values():
        for kind, members in (("status", TitleStatus), ("kind", RightKind), ("burden", Burden), ("event", TitleEvent)):
            assert {f"{kind} {member}" for member in members} <= language.keys()


def test_holders_come_by_kind_and_charges_by_rank(certificate):
    text = Page(render(certificate)).text

    assert text.index("Pleine propriété") < text.index("Nue-propriété") < text.index("Usufruit")
    assert text.index("nº 42") < text.index("nº 17")
    assert re.search(r"1Crédit mutuel.*2" + BOB, text)


def test_nothing_is_said_in_a_sentence(certificate):
    bare = dataclasses.replace(certificate, charges=(), burdens=(), history=())

    text = Page(render(bare)).text

    assert "Aucune charge n’est inscrite." in text
    assert "Aucune servitude, restriction ni opposition" in text
    assert "Aucun acte n’est connu." in text


@pytest.mark.parametrize(
    ("flags", "barred", "status"),
    [
        (1, False, TitleStatus.FREE),
        (1, True, TitleStatus.BARRED),
        (3, False, TitleStatus.UNDER_SALE),
        (3, True, TitleStatus.BARRED),
        (7, True, TitleStatus.FROZEN),
        (8, True, TitleStatus.RETIRED),
    ],
)
def test_the_status_is_the_one_that_weighs_most(flags, barred, status):
    assert TitleStatus.of(flags, barred=barred) is status


def test_a_retired_title_has_no_holder(certificate):
    retired = dataclasses.replace(certificate, status=TitleStatus.RETIRED, holders=())

    assert "plus aucun droit" in Page(render(retired)).text


HOSTILE = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def test_what_people_wrote_is_text_and_nothing_else(certificate):
    spoilt = dataclasses.replace(
        certificate,
        commune=HOSTILE,
        currency=HOSTILE,
        holders=tuple(dataclasses.replace(line, name=HOSTILE) for line in certificate.holders),
        charges=tuple(dataclasses.replace(line, creditor=HOSTILE) for line in certificate.charges),
        burdens=tuple(dataclasses.replace(line, description=HOSTILE) for line in certificate.burdens),
        history=tuple(dataclasses.replace(line, detail=HOSTILE) for line in certificate.history),
        proof=dataclasses.replace(
            certificate.proof, chain=HOSTILE, register=HOSTILE, url='https://x.example/"><script>alert(1)</script>'
        ),
    )

    page = Page(render(spoilt))

    assert page.open == []
    assert not {tag for tag, _ in page.elements} & {"script", "img"}
    assert page.text.count(HOSTILE) == 12


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "registre.example/titre", "https://", ""])
def test_an_address_that_is_not_of_the_web_is_refused(certificate, url):
    with pytest.raises(CertificateError, match="no address"):
        dataclasses.replace(certificate, proof=dataclasses.replace(certificate.proof, url=url))


def test_shares_that_don_t_make_the_whole_are_not_certified(certificate):
    with pytest.raises(CertificateError, match=r"59999000AB0017: full ownership .* make 1/2"):
        dataclasses.replace(certificate, holders=certificate.holders[:2])
    with pytest.raises(CertificateError, match="make 0"):
        dataclasses.replace(certificate, holders=())


def test_a_time_without_a_zone_is_refused(certificate):
    naive = datetime(2026, 11, 21)  # noqa: DTZ001
    with pytest.raises(CertificateError, match="zone"):
        dataclasses.replace(certificate, issued=naive)
    with pytest.raises(CertificateError, match="zone"):
        dataclasses.replace(certificate, proof=dataclasses.replace(certificate.proof, block_time=naive))


# --- the fingerprint ---


def test_the_fingerprint_is_the_same_for_whoever_reads_the_chain_again(certificate):
    unnamed = dataclasses.replace(
        certificate,
        commune="Ailleurs",
        holders=tuple(
            dataclasses.replace(line, name="", account=line.account.upper()) for line in certificate.holders[::-1]
        ),
        burdens=tuple(dataclasses.replace(line, description="") for line in certificate.burdens),
        history=tuple(dataclasses.replace(line, detail="") for line in certificate.history),
        issued=datetime(2027, 1, 1, tzinfo=UTC),
        neighbours=(),
    )

    assert unnamed.fingerprint == certificate.fingerprint


def test_every_fact_of_the_register_changes_the_fingerprint(certificate):
    def spoilt(field, **changes):
        first, *rest = getattr(certificate, field)
        return dataclasses.replace(certificate, **{field: (dataclasses.replace(first, **changes), *rest)})

    others = [
        dataclasses.replace(certificate, status=TitleStatus.FREE),
        dataclasses.replace(certificate, parcel=dataclasses.replace(certificate.parcel, area_m2=1)),
        dataclasses.replace(certificate, parcel=dataclasses.replace(certificate.parcel, keccak256=bytes(32))),
        dataclasses.replace(
            certificate, parcel=dataclasses.replace(certificate.parcel, id=certificate.neighbours[0].id)
        ),
        dataclasses.replace(certificate, charges=certificate.charges[::-1]),
        dataclasses.replace(certificate, burdens=()),
        dataclasses.replace(certificate, history=()),
        spoilt("holders", account=ADA),
        spoilt("charges", amount_cents=1),
        spoilt("charges", due=date(2041, 9, 2)),
        spoilt("charges", creditor="Mallory"),
        spoilt("charges", number=43),
        spoilt("burdens", until=date(2030, 1, 1)),
        spoilt("burdens", dominant=None),
        spoilt("burdens", kind=Burden.CAVEAT),
        spoilt("burdens", document_hash=bytes(32)),
        spoilt("history", transaction=bytes(32)),
        spoilt("history", event=TitleEvent.GIFT),
        *(
            dataclasses.replace(certificate, proof=dataclasses.replace(certificate.proof, **{field: value}))
            for field, value in (("chain_id", 1), ("register", ADA), ("block", 1), ("block_hash", bytes(32)))
        ),
    ]

    assert len({other.fingerprint for other in [certificate, *others]}) == len(others) + 1


# --- how a language writes ---


@pytest.mark.parametrize(
    ("area_m2", "written"),
    [(7, "7 ca"), (100, "1 a 00 ca"), (459, "4 a 59 ca"), (254881, "25 ha 48 a 81 ca"), (10_000, "1 ha 00 a 00 ca")],
)
def test_areas_are_written_as_in_deeds(area_m2, written):
    assert words.hectares(area_m2) == written


def test_numbers_and_days_are_written_in_the_language():
    assert words.money(1_234_567_05, "€", "fr") == "1\u202f234\u202f567,05\u00a0€"
    assert words.money(1_234_567_05, "€", "en") == "1,234,567.05\u00a0€"
    assert words.day(date(2004, 8, 1), "fr") == "1er août 2004"
    assert words.day(date(2004, 8, 1), "en") == "1 August 2004"
    assert words.moment(datetime(2026, 11, 21, 9, 5, tzinfo=UTC), "fr") == "21 novembre 2026 à 09 h 05 (UTC)"
    assert words.fraction(Fraction(1), "fr") == "la totalité"
    assert words.fraction(Fraction(2, 6), "en") == "1/3"


def test_the_order_of_burdens_is_that_of_the_contract():
    assert list(facts.Burden) == ["easement", "restriction", "caveat"]
