"""What every form must stand: any screen, anyone's eyes and hands; and its picture."""

from testbed.browser.person import Person
from tests.browser.harness import shots


def assert_fit_for_all(person: Person, name: str) -> None:
    """No barrier, also on the narrowest phone; and a picture."""
    shots.take(person.page, name)
    assert person.is_kept_out() == []
    size = person.page.viewport_size
    person.page.set_viewport_size({"width": 320, "height": 640})
    assert person.sticks_out() == []
    person.page.set_viewport_size(size)
