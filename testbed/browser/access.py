"""What everyone must be able to do: axe's rules for WCAG 2.2 AA, and what axe cannot see."""

from functools import cache
from typing import Any

from beffroi.chain.artifacts import ROOT

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Nobody waits for a transition's end: in a closed <details> it never comes.
RUN = """(rules) => {
  for (const it of document.getAnimations()) if (it.effect.getComputedTiming().iterations !== Infinity) it.finish();
  return axe.run(document, { runOnly: rules, resultTypes: ["violations"], preload: false });
}"""
OVERFLOW = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((it) => it.getBoundingClientRect().right > root.clientWidth + 1 && !it.closest("[data-scrolls], svg"))
    .slice(0, 5).map((it) => it.outerHTML.slice(0, 120));
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, input, select, a.button, [role=button]")]
  .filter((it) => it.checkVisibility() && !it.closest("svg"))
  .map((it) => [it, (it.closest("label") ?? it).getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.height < 44 || box.width < 44))
  .map(([it, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${it.outerHTML.slice(0, 120)}`)"""


@cache
def _axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page: Any) -> list[str]:
    """A line for each place where the page breaks a rule of WCAG 2.2 AA, or axe's best practice."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe() + "; null")
    found = page.evaluate(RUN, RULES)["violations"]
    return [f"{rule['id']}: {rule['help']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def overflow(page: Any) -> list[str]:
    """What sticks out of the page on the right, so that people would scroll two ways (WCAG 1.4.10)."""
    out: list[str] = page.evaluate(OVERFLOW)
    return out


def small_targets(page: Any) -> list[str]:
    """Buttons and fields of less than 44 × 44 CSS pixels."""
    small: list[str] = page.evaluate(SMALL_TARGETS)
    return small
