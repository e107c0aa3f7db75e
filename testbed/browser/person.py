"""Someone with a browser: her device, her language, her wallet if she has one; and what she does by hand."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from beffroi.chain.keys import Key
from beffroi.chain.rpc import Rpc
from testbed.browser.access import overflow, small_targets, violations
from testbed.browser.chromium import options
from testbed.browser.wallet import Wallet
from testbed.browser.watch import Watch

PATIENCE_MS = 15_000
"""A node and a post office are asked, on two cores that do other things as well."""
ARRIVALS = """
globalThis.arrivedAt = location.hash;
addEventListener("hashchange", () => { globalThis.arrivedAt = location.hash; });
"""
ARRIVED = "href => globalThis.arrivedAt === new URL(href, location).hash"
"""Until the event of a click is dispatched, what stands there is the view that she leaves."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Person:
    """Someone at the dApp.

    Attributes:
        site: its URL.
        page: what she looks at.
        watch: what the page did that it must not.
        wallet: hers, if she has one.
    """

    site: str
    page: Page
    watch: Watch
    wallet: Wallet | None = None

    @property
    def address(self) -> str:
        """Her account."""
        assert self.wallet
        return self.wallet.address

    def visits(self, path: str = "/") -> "Person":
        """Opens the dApp there, as by a link from elsewhere."""
        self.page.goto(f"{self.site}#{path}")
        return self._arrives(f"#{path}").sees_view()

    def goes(self, path: str) -> "Person":
        """Goes on to another view of the open page."""
        self.page.evaluate("path => { location.hash = path; }", path)
        return self._arrives(f"#{path}").sees_view()

    def sees_view(self) -> "Person":
        """Waits until the view stands: a heading, and nothing on its way."""
        expect(self.page.locator("main h1")).to_be_visible()
        expect(self.page.locator("main .loading")).to_have_count(0)
        return self

    def connects(self) -> "Person":
        """Connects her wallet by the view that is there for it."""
        self.goes("/wallet")
        self.page.get_by_role("button", name="Coffre d'essai").click()
        expect(self.page.locator(".account-name")).to_have_text("Coffre d'essai")
        return self

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button by what it says."""
        return self.page.get_by_role("button", name=name)

    def field(self, label: str | re.Pattern[str]) -> Locator:
        """A field by its label."""
        return self.page.get_by_label(label)

    def presses(self, name: str | re.Pattern[str]) -> "Person":
        """Clicks or taps a button."""
        self.page.get_by_role("button", name=name, exact=isinstance(name, str)).click()
        return self

    def follows(self, name: str | re.Pattern[str]) -> "Person":
        """Clicks or taps a link, and is where it leads."""
        link = self.page.get_by_role("link", name=name).first
        href = link.get_attribute("href")
        link.click()
        return self._arrives(href) if href and href.startswith("#") else self

    def reads(self, text: str | re.Pattern[str], within_ms: float | None = None) -> "Person":
        """Waits until a text stands there, as long as any other by default."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=within_ms)
        return self

    def signs(self) -> "Person":
        """Agrees on the page's own screen; her wallet answers as it was told."""
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name=re.compile("^(Signer|Envoyer|Sign|Send)$")).click()
        return self

    def types(self, *keys: str) -> "Person":
        """Presses keys, one after another; no mouse."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def tabs_to(self, target: Locator, most: int = 60) -> "Person":
        """Walks by Tab until the focus is there.

        Raises:
            AssertionError: the keyboard does not get there.
        """
        for _ in range(most):
            if target.evaluate("it => it === document.activeElement"):
                return self
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{most} times Tab do not lead to {target}")

    def sticks_out(self) -> list[str]:
        """What is wider than her screen."""
        return overflow(self.page)

    def is_kept_out(self) -> list[str]:
        """What in this view keeps people out, in light and in dark; nothing, it is to be hoped."""
        faults = self.sticks_out() + [f"small: {it}" for it in small_targets(self.page)]
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            faults += [f"{scheme}: {it}" for it in violations(self.page)]
        return faults

    def _arrives(self, href: str) -> "Person":
        self.page.wait_for_function(ARRIVED, arg=href)
        return self


@contextmanager
def someone(
    browser: Browser, site: str, origins: set[str], *, rpc: Rpc | None = None, key: Key | None = None,
    language: str = "fr", phone: bool = True, chain_id: int = 31337, **more: Any,
) -> Iterator[Person]:  # fmt: skip
    """Someone with a fresh browser, and a wallet where a key is given; whatever her page did wrong fails the test."""
    context = browser.new_context(**options(language=language, phone=phone, **more))
    context.set_default_timeout(PATIENCE_MS)
    watch = Watch({site, *origins})
    watch.over(context)
    context.add_init_script(ARRIVALS)
    page = context.new_page()
    person = Person(site, page, watch)
    if key:
        assert rpc
        person.wallet = Wallet(rpc, [key], chain_id=chain_id)
        person.wallet.enter(page)
    try:
        yield person
        faults = watch.verdict()
        assert not faults, "\n".join(faults)
    finally:
        context.close()
