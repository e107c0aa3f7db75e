"""Draws gas against the roll's size, in plain SVG."""

from html import escape
from pathlib import Path

from beffroi.chain.artifacts import ROOT

FILE = ROOT / "docs" / "vote-gas.svg"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 900, 520, 80, 30, 50, 60
COLOURS = ("#0b6e4f", "#2f9e73", "#b23a48", "#d17a22", "#5b5f97", "#8d8d92")
STEP_GAS = 50_000
FONT = 'font-family="sans-serif" font-size="13"'
TITLE = "Gas of a vote against the size of the roll (receipts on Anvil, one run)"


def write(bits: list[int], lines: dict[str, list[float]], levels: dict[str, float], file: Path = FILE) -> None:
    """Writes the drawing.

    Args:
        bits: the roll's size is 2 to that power.
        lines: gas at each size, by name.
        levels: gas that does not depend on the size, by name.
        file: where.
    """
    most = max([*levels.values(), *(value for line in lines.values() for value in line)])
    top = (int(most) // STEP_GAS + 1) * STEP_GAS

    def x(bit: float) -> float:
        return LEFT + (bit - bits[0]) / (bits[-1] - bits[0]) * (WIDTH - LEFT - RIGHT)

    def y(gas: float) -> float:
        return HEIGHT - BOTTOM - gas / top * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" font-size="16">{TITLE}</text>',
    ]
    for gas in range(0, top + 1, STEP_GAS):
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(gas):.1f}" y2="{y(gas):.1f}" stroke="#e4e4e4"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y(gas) + 4:.1f}" text-anchor="end">{gas:,}</text>')
    for bit in bits:
        power = f'2<tspan dy="-5" font-size="9">{bit}</tspan>'
        parts.append(f'<text x="{x(bit):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{power}</text>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 14}" text-anchor="middle">people on the roll</text>')
    for (name, values), colour in zip(lines.items(), COLOURS, strict=False):
        points = " ".join(f"{x(bit):.1f},{y(value):.1f}" for bit, value in zip(bits, values, strict=True))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        label = f"{escape(name)}: {values[0]:,.0f} to {values[-1]:,.0f}"
        parts.append(f'<text x="{LEFT + 8}" y="{y(values[0]) - 8:.1f}" fill="{colour}">{label}</text>')
    for (name, gas), colour in zip(levels.items(), COLOURS[len(lines) :], strict=False):
        at = f'y1="{y(gas):.1f}" y2="{y(gas):.1f}"'
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" {at} stroke="{colour}" stroke-dasharray="6 4"/>')
        label = f"{escape(name)}: {gas:,.0f}"
        parts.append(f'<text x="{LEFT + 8}" y="{y(gas) - 6:.1f}" fill="{colour}">{label}</text>')
    file.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")
