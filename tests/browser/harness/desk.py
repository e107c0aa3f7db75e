"""What an officer does by hand at a desk."""

from testbed.browser.person import Person


def carries_out(officer: Person, act: str) -> Person:
    """Agrees on the page, then in the wallet."""
    officer.page.get_by_role("button", name=act, exact=True).click()
    return officer.signs().reads("L’acte est accompli.")


def fills(officer: Person, **fields: str) -> Person:
    """Fills fields in by their labels, with _ for a space, and has the form checked."""
    for label, value in fields.items():
        officer.field(label.replace("_", " ")).first.fill(value)
    return officer.presses("Vérifier et envoyer")


def has_share(officer: Person, name: str, **fields: str) -> None:
    """Fills in who is to have which share."""
    for label, value in fields.items():
        officer.page.get_by_role("group", name=name, exact=True).get_by_label(label).fill(value)
