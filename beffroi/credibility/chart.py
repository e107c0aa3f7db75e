"""A mandate as a picture (SVG): the capital over time, then each promise with what was kept and what burnt."""

import datetime as dt
from html import escape

from beffroi.credibility.formula import score_percent
from beffroi.credibility.mandate_history import MandateHistory, Promised
from beffroi.plain import plain

WIDTH, MARGIN = 960, 48
INNER = WIDTH - 2 * MARGIN
CURVE_TOP, CURVE_HEIGHT = 176, 180
LIST_TOP, ROW = CURVE_TOP + CURVE_HEIGHT + 84, 46
BAR_LEFT, BAR_WIDTH = 372, 330
LABEL_LENGTH = 44
STYLE = """
text{font-family:"Source Serif 4","Iowan Old Style",Palatino,"Liberation Serif",Georgia,serif;fill:#1c2733}
.title{font-size:26px}.big{font-size:44px}.soft{fill:#5f6b76;font-size:14px}.label{font-size:15px}
.head{font-size:17px;font-variant-caps:small-caps;letter-spacing:.04em}.end{text-anchor:end}.mid{text-anchor:middle}
.rule{stroke:#c9c4b8;stroke-width:1}.area{fill:#1f446818}.line{fill:none;stroke:#1f4468;stroke-width:2.5}
.kept{fill:#1f4468}.burnt{fill:#b4573f}.open{fill:#e4e0d6}.ember{fill:#8f3320}.loss{fill:#8f3320;font-size:15px}
.frozen{fill:#fdfcf9;stroke:#8f3320;stroke-dasharray:4 3}
"""


def draw(history: MandateHistory, title: str) -> str:
    """The picture, by itself a file.

    Args:
        history: of a mandate that has pledged.
        title: whose mandate, in words.
    """
    height = LIST_TOP + ROW * len(history.promises) + 44
    share = 100 * history.capital / history.supply
    frozen = f", {cred(history.frozen)} of it frozen: judged by nobody, or by too few" if history.frozen else ""
    told = f"{title}: {cred(history.capital)} of {cred(history.supply)} Cred left, {share:.1f} %{frozen}."
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"',
        f'aria-label="{escape(told)}">',
        f"<title>{escape(told)}</title><style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#fdfcf9"/>',
        _text(MARGIN, 54, title, "title"),
        _text(MARGIN, 112, cred(history.capital), "big"),
        _text(MARGIN, 138, f"Cred left of {cred(history.supply)}: {share:.1f} %{frozen}", "soft"),
        _text(WIDTH - MARGIN, 112, cred(history.burnt), "big end ember"),
        _text(WIDTH - MARGIN, 138, "burnt by what was not kept", "soft end"),
        *_curve(history),
        _text(MARGIN, LIST_TOP - 26, "promise by promise", "head"),
        _text(WIDTH - MARGIN, LIST_TOP - 26, "bars: Cred staked, kept, frozen and burnt", "soft end"),
        *(part for place, it in enumerate(history.promises) for part in _promise(history, it, LIST_TOP + ROW * place)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def cred(amount: int) -> str:
    """An amount as people read it: 25,000,000 as 25.00 million, smaller ones in full."""
    return f"{amount / 1e6:,.2f} million" if amount >= 1_000_000 else f"{amount:,}"


def _curve(history: MandateHistory) -> list[str]:
    first, last = history.curve[0][0], max(history.ends_at, history.curve[-1][0])
    bottom = CURVE_TOP + CURVE_HEIGHT

    def x(at_s: int) -> float:
        return MARGIN + INNER * (at_s - first) / max(1, last - first)

    def y(capital: int) -> float:
        return bottom - CURVE_HEIGHT * capital / history.supply

    known = x(history.curve[-1][0])
    steps = [f"M{MARGIN},{y(history.supply):.1f}"]
    steps += [f"H{x(at_s):.1f}V{y(capital):.1f}" for at_s, capital in history.curve[1:]]
    falls = [
        f'<circle cx="{x(at_s):.1f}" cy="{y(capital):.1f}" r="5" class="ember"/>'
        + _text(x(at_s) + 12, y(capital) - 9, _change(capital - before), "loss")
        for (_, before), (at_s, capital) in zip(history.curve, history.curve[1:], strict=False)
        if before != capital
    ]
    return [
        *(
            f'<line class="rule" x1="{MARGIN}" x2="{WIDTH - MARGIN}" y1="{y(part):.1f}" y2="{y(part):.1f}"/>'
            for part in (0, history.supply // 2, history.supply)
        ),
        f'<path class="area" d="{"".join(steps)}H{known:.1f}V{bottom}H{MARGIN}Z"/>',
        f'<path class="line" d="{"".join(steps)}"/>',
        f'<path class="line" stroke-dasharray="2 6" d="M{known:.1f},{y(history.capital):.1f}H{WIDTH - MARGIN}"/>',
        *falls,
        _text(MARGIN, bottom + 22, _day(first), "soft"),
        _text(WIDTH - MARGIN, bottom + 22, f"{_day(last)}, end of the mandate", "soft end"),
    ]


def _promise(history: MandateHistory, promise: Promised, top: float) -> list[str]:
    largest = max(it.stake for it in history.promises) or 1
    whole = BAR_WIDTH * promise.stake / largest
    text = plain(promise.text)
    label = text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1].rstrip() + "…"
    row = [_text(MARGIN, top + 19, label or f"Promise {promise.number + 1}", "label")]
    if promise.opinions is None and not promise.frozen:
        row.append(_bar(BAR_LEFT, top, whole, "open"))
        row.append(_text(WIDTH - MARGIN, top + 19, f"due {_day(promise.due_at)}", "soft end"))
        return row
    left = float(BAR_LEFT)
    kept = promise.stake - promise.burnt - promise.frozen
    for amount, kind in ((kept, "kept"), (promise.frozen, "frozen"), (promise.burnt, "burnt")):
        width = whole * amount / promise.stake if promise.stake else 0.0
        row.append(_bar(left, top, width, kind))
        left += width
    score = score_percent(promise.opinions or 0, promise.missing)
    said = "unjudged, frozen" if promise.unjudged or score is None else f"{score:.0f} % kept, say {promise.opinions:,}"
    row.append(_text(WIDTH - MARGIN, top + 19, said, "label end"))
    return row


def _change(amount: int) -> str:
    return f"{'+' if amount > 0 else '−'}{cred(abs(amount))}"


def _bar(left: float, top: float, width: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{left:.1f}" y="{top + 4:.1f}" width="{width:.1f}" height="20"/>'


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{escape(words)}</text>'


def _day(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%-d %B %Y")
