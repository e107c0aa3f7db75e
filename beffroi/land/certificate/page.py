"""The certificate as one HTML page that asks nothing of the network: read on a screen, printed on A4."""

from collections.abc import Iterable, Sequence
from html import escape

from beffroi import qr
from beffroi.land.certificate import drawing, words
from beffroi.land.certificate.facts import Certificate, HolderLine, TitleStatus
from beffroi.land.certificate.style import STYLE
from beffroi.land.certificate.words import WORDS, Language
from beffroi.land.shares import RightKind

_CHIPS = {
    TitleStatus.FREE: "free",
    TitleStatus.UNDER_SALE: "sale",
    TitleStatus.BARRED: "barred",
    TitleStatus.FROZEN: "frozen",
    TitleStatus.RETIRED: "retired",
}
# Nothing is fetched and no script runs, whatever a name or a description holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(certificate: Certificate, language: Language = "fr") -> str:
    """The page.

    Args:
        certificate: what it states.
        language: "fr" or "en".

    Returns:
        A whole HTML document: style, plan and QR code lie within it.
    """
    say = WORDS[language]
    name = f"{say['title']} · {certificate.parcel.id}"
    foot = f"{name} · {certificate.fingerprint.hex()[:16]}"
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>{escape(name)}</title><style>:root{{--foot:{_css(foot)}}}{STYLE}</style></head><body><main>"
        f"{_header(certificate, language)}{_hero(certificate, language)}"
        f"{_holders(certificate, language)}{_charges(certificate, language)}"
        f"{_burdens(certificate, language)}{_history(certificate, language)}"
        f"{_verification(certificate, language)}</main></body></html>\n"
    )


def _header(certificate: Certificate, language: Language) -> str:
    say = WORDS[language]
    commune = say["of"].format(commune=certificate.commune)
    issued = say["issued"].format(moment=words.moment(certificate.issued, language))
    return (
        f"<header>{drawing.emblem(say['emblem'])}"
        f'<div><div class="town">{say["register"]} — {escape(commune)}</div><h1>{say["title"]}</h1></div>'
        f'<div class="ref"><b>{_spaced(str(certificate.parcel.id))}</b>{escape(issued)}</div></header>'
    )


def _hero(certificate: Certificate, language: Language) -> str:
    say, parcel = WORDS[language], certificate.parcel
    section = parcel.id.label.split()[-2]
    heading = say["section_number"].format(section=section, number=parcel.id.number)
    absorbed = say["absorbed"].format(prefix=parcel.id.prefix) if parcel.id.prefix != "000" else ""
    surveyed = say["surveyed" if parcel.surveyed else "not_surveyed"]
    area = f"{words.whole_number(parcel.area_m2, language)} m²"
    facts = [
        (say["area"], f"{area} <small>· {words.hectares(parcel.area_m2)}, {surveyed}</small>"),
        (say["insee"], f"{parcel.id.commune} <small>{absorbed}</small>"),
        (say["id"], str(parcel.id)),
    ]
    if parcel.created:
        facts.append((say["known_since"], words.day(parcel.created, language)))
    facts.append((say["geometry_hash"], _hash(parcel.keccak256)))
    label = say["plan_of"].format(label=parcel.id.label)
    scale = words.whole_number(drawing.scale_for(parcel), language)
    chip = f'<span class="chip {_CHIPS[certificate.status]}">{say[f"status {certificate.status}"]}</span>'
    caption = f"<span>{say['plan']}</span><span>{say['scale'].format(scale=scale)}</span>"
    return (
        f'<section class="hero"><div><h2>{heading}</h2>{chip}{_list(facts)}</div>'
        f"<figure>{drawing.plan(parcel, certificate.neighbours, label, say['north'])}"
        f"<figcaption>{caption}</figcaption></figure></section>"
    )


def _holders(certificate: Certificate, language: Language) -> str:
    say = WORDS[language]
    order = list(RightKind)
    rows = [
        (
            _holder(line),
            say[f"kind {line.kind}"],
            words.fraction(line.fraction, language),
            words.day(line.since, language),
        )
        for line in sorted(certificate.holders, key=lambda line: (order.index(line.kind), -line.fraction, line.account))
    ]
    heads = (say["holder"], say["right"], say["share"], say["since"])
    return _section((say["holders"], say["no_holders"]), heads, rows, ("", "nowrap", "nowrap", "num"))


def _holder(line: HolderLine) -> str:
    account = f"<code>{escape(line.account)}</code>"
    return f"{escape(line.name)}<br>{account}" if line.name else account


def _charges(certificate: Certificate, language: Language) -> str:
    say = WORDS[language]
    rows = [
        (
            f"<b>{rank}</b>",
            escape(line.creditor) if " " in line.creditor else f"<code>{escape(line.creditor)}</code>",
            f"{say['number'].format(number=line.number)}<br><code>{_short(line.document_hash)}</code>",
            words.day(line.due, language),
            escape(words.money(line.amount_cents, certificate.currency, language)),
        )
        for rank, line in enumerate(certificate.charges, 1)
    ]
    heads = (say["rank"], say["creditor"], say["inscription"], say["due"], say["amount"])
    return _section((say["charges"], say["no_charges"]), heads, rows, ("rank", "", "nowrap", "nowrap", "num"))


def _burdens(certificate: Certificate, language: Language) -> str:
    say = WORDS[language]
    rows = [
        (
            say[f"burden {line.kind}"],
            _sentence(line.description, say["serves"].format(dominant=line.dominant.label) if line.dominant else ""),
            words.day(line.until, language) if line.until else say["forever"],
            f"<code>{_short(line.document_hash)}</code>",
        )
        for line in certificate.burdens
    ]
    heads = (say["burden"], say["description"], say["until"], say["deed"])
    return _section((say["burdens"], say["no_burdens"]), heads, rows, ("nowrap", "", "nowrap", "num"))


def _history(certificate: Certificate, language: Language) -> str:
    say = WORDS[language]
    rows = [
        (
            words.day(line.day, language),
            f"<strong>{say[f'event {line.event}']}</strong>{' — ' if line.detail else ''}{escape(line.detail)}",
            f"<code>{_short(line.transaction)}</code>",
        )
        for line in certificate.history
    ]
    return _section((say["history"], say["no_history"]), (), rows, ("", "", "num"), "history")


def _verification(certificate: Certificate, language: Language) -> str:
    say, proof = WORDS[language], certificate.proof
    block = f"{words.whole_number(proof.block, language)} — {words.moment(proof.block_time, language)}"
    facts = [
        (say["chain"], f"{escape(proof.chain)} ({proof.chain_id})"),
        (say["contract"], f"<code>{escape(proof.register)}</code>"),
        (say["block"], f"{escape(block)}<br>{_hash(proof.block_hash)}"),
        (say["fingerprint"], _hash(certificate.fingerprint)),
    ]
    url = escape(proof.url)
    return (
        f'<section class="verify">{qr.svg(proof.url, say["qr"])}'
        f"<div><h2>{say['verify']}</h2><p>{say['verify_how']}</p>"
        f'<a href="{url}">{url}</a>{_list(facts, "proof")}</div></section><p class="notice">{say["notice"]}</p>'
    )


def _section(
    titles: tuple[str, str], heads: Sequence[str], rows: Sequence[Sequence[str]], classes: Sequence[str], kind: str = ""
) -> str:
    """A table under its title, or the sentence that says there is nothing; cells are HTML already."""
    title, nothing = titles
    if not rows:
        return f'<section><h2>{title}</h2><p class="none">{nothing}</p></section>'
    head = f"<thead><tr>{_cells('th', heads, classes)}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{_cells('td', row, classes)}</tr>" for row in rows)
    return f'<section><h2>{title}</h2><table class="{kind}">{head}<tbody>{body}</tbody></table></section>'


def _cells(tag: str, cells: Iterable[str], classes: Sequence[str]) -> str:
    return "".join(f'<{tag} class="{style}">{cell}</{tag}>' for cell, style in zip(cells, classes, strict=True))


def _list(facts: Iterable[tuple[str, str]], kind: str = "") -> str:
    return f'<dl class="{kind}">{"".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts)}</dl>'


def _sentence(*parts: str) -> str:
    return escape(", ".join(part for part in parts if part))


def _hash(digest: bytes) -> str:
    """A hash whole, which may break after every eighth character and is copied without a space."""
    text = digest.hex()
    return f'<code class="hash">{"<wbr>".join(text[at : at + 8] for at in range(0, len(text), 8))}</code>'


def _short(digest: bytes) -> str:
    return f"{digest.hex()[:8]}…{digest.hex()[-8:]}"


def _spaced(parcel_id: str) -> str:
    return f"{parcel_id[:5]} {parcel_id[5:8]} {parcel_id[8:10]} {parcel_id[10:]}"


def _css(text: str) -> str:
    """A string of CSS; the characters that could end it are left out."""
    return '"' + "".join(character for character in text if character not in '"\\<>\n') + '"'
