"""One Chromium for all tests."""

import pytest

from beffroi.chain.keys import Key
from tests.browser.harness.chromium import NoChromiumError, chromium


@pytest.fixture(scope="session")
def browser():
    try:
        with chromium() as running:
            yield running
    except NoChromiumError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def citizen_key():
    return Key.derived("demo", "citizen", 0)


@pytest.fixture(scope="session")
def merchant_key():
    return Key.derived("demo", "merchant", 0)
