"""The system's Chromium, one for all tests; a context of its own for each person."""

import contextlib
import os
import shutil
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "device_scale_factor": 1}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


class NoChromiumError(Exception):
    """There is no browser to test with."""


def find_chromium() -> str:
    """The browser's path.

    Raises:
        NoChromiumError: it is not where it was said to be, or nowhere on PATH.
    """
    named = os.environ.get("BEFFROI_CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise NoChromiumError(
            f"BEFFROI_CHROMIUM names {named}, which is not there to run" if named else
            "the browser tests need Chromium: on Debian `apt install chromium`, or name one by BEFFROI_CHROMIUM"
        )  # fmt: skip
    return found


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium, headless.

    Raises:
        NoChromiumError: there is none.
    """
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def options(*, language: str = "fr", phone: bool = True, **more: Any) -> dict[str, Any]:
    """What a context is made with: a person's device and language."""
    return {**(PHONE if phone else DESKTOP), "locale": {"fr": "fr-FR", "en": "en-GB"}[language], **more}
