"""Every view, for everyone: no barrier, no English in the French page, nothing out of the page, and a picture of it."""

import re

from tests.browser.harness import shots

ENGLISH = re.compile(
    r"\b(the|of|and|your|with|for|from|this|that|is|are|not|by|you|to|has|have|was|were|been|will)\b", re.IGNORECASE
)
TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest("script, style, [lang=en]")) continue;
    found.push(node.textContent.trim());
  }
  for (const it of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (it.hasAttribute(name) && !it.closest("[lang=en]")) found.push(it.getAttribute(name));
  return found.filter((text) => /\\p{L}/u.test(text));
}"""


def name_of(path):
    """A file's name, the same for every run: long numbers stand for what the town happens to have."""
    return re.sub(r"\W+", "-", re.sub(r"/(0x)?[0-9a-f]{20,}", "/one", path)).strip("-") or "home"


def english(page):
    """Texts of the French page that are English."""
    return [text for text in page.evaluate(TEXTS) if len(ENGLISH.findall(text)) >= 2]


def looks_at_every_view(person, paths, who, device):
    faults = {}
    for path in paths:
        person.goes(path)
        found = person.is_kept_out()
        if person.page.evaluate("document.documentElement.lang") == "fr":
            found += [f"English: {text}" for text in english(person.page)]
        shots.take(person.page, f"{name_of(path)}-{who}-{device}")
        for fault in found:
            faults.setdefault(fault, []).append(path)
    assert not faults, "\n".join(f"{fault} ({', '.join(paths)})" for fault, paths in faults.items())


def test_every_view_is_open_to_anyone_without_a_wallet_in_french_on_a_phone(arrives, paths):
    looks_at_every_view(arrives().visits("/"), paths, "anyone", "phone")


def test_every_view_is_open_to_a_citizen_in_english_on_a_desktop(arrives, citizen_key, paths):
    looks_at_every_view(
        arrives(key=citizen_key, language="en", phone=False).visits("/").connects(), paths, "citizen", "desktop"
    )
