import pytest

from beffroi.chain import learnt, transport


@pytest.fixture
def fresh_and_quick(monkeypatch):
    """Nothing is learnt of a port that another test used; nobody waits for a node that never gets better."""
    monkeypatch.setattr(learnt, "_SIZES", {})
    monkeypatch.setattr(transport, "RETRY_DELAY_S", 0.001)
