"""A fact by its commands alone: who opens it, its issuers, who posts, who reads."""

import dataclasses
import json

from beffroi.chain.headers import clock_s
from beffroi.chain.keys import Key
from beffroi.records.factact import FactAct
from beffroi.units import DAY_S
from testbed.town import MAYOR

BAKER, MILLER = Key.derived("baker"), Key.derived("miller")
NOWHERE = "0x" + "42" * 32


def test_a_fact_by_its_commands(tmp_path, does, chain):
    """The mayor, a baker and a miller state the price of wheat; the mayor gives the commands."""
    issuers = [it.address for it in (MAYOR, BAKER, MILLER)]
    said = {"format": "beffroi-fact-1", "name": "Wheat", "unit": "EUR/t", "decimals": 2, "uri": "", "m": 2}
    defined, note = tmp_path / "wheat.json", tmp_path / "bulletin.pdf"
    note.write_text("231.50")
    defined.write_text(json.dumps(said | {"issuers": issuers, "m": 1}))
    assert "more than half" in does("facts", "open", defined, code=1)
    defined.write_text(json.dumps(said | {"issuers": issuers}))
    fact = next(word for word in does("facts", "open", defined).split() if word.startswith("0x"))[:66]
    assert fact in does("facts", "open", defined)
    told = does("facts", "show")
    assert "no value" in told
    assert "NOT of the town" not in told

    act, copy = tmp_path / "act.json", tmp_path / "copy.json"
    drawn = ("--at", "2026-01-01T12:00", "--source", note)
    assert "names no fact" in does("facts", "state", "wheat", "231.50", act, *drawn, code=1)
    assert "nobody opened" in does("facts", "state", NOWHERE, "231.50", act, *drawn, code=1)
    assert "no number" in does("facts", "state", fact, "231,50", act, *drawn, code=1)
    late = ("--at", "2999-01-01T12:00", "--source", note)
    assert "has not come" in does("facts", "state", fact, "231.50", act, *late, code=1)
    assert "Act 1, to be signed by 2 of" in does("facts", "state", fact, "231.50", act, *drawn)
    assert "exists" in does("facts", "state", fact, "231.50", act, *drawn, code=1)
    FactAct.read(act).signed(BAKER).write(copy)
    assert "was changed, or is another" in does("facts", "sign", act, "--source", defined, code=1)
    told = does("facts", "sign", act, "--source", note)
    assert "Wheat, act 1: 231.50 EUR/t, on 2026-01-01 12:00:00 UTC." in told
    assert f"It takes 2 of {', '.join(FactAct.read(act).fact.issuers)}; it may be posted until " in told
    kept = tmp_path / "kept.json"
    drawn_act = FactAct.read(act)
    dataclasses.replace(drawn_act, deadline_s=drawn_act.deadline_s + 365 * DAY_S, signatures={}).write(kept)
    assert "more than 365 days from now" in does("facts", "sign", kept, code=1)
    assert FactAct.read(kept).signatures == {}
    assert "1 issuers signed, and it takes 2" in does("facts", "post", act, code=1)
    spoilt = tmp_path / "spoilt.json"
    dataclasses.replace(FactAct.read(act), signatures={MILLER.address: bytes(65)}).write(spoilt)
    posted = does("facts", "post", spoilt, act, copy)
    assert f"Left out: {MILLER.address} has resigned, or did not sign so." in posted
    assert f"Posted: signed by {', '.join(it for it in drawn_act.fact.issuers if it != MILLER.address)}." in posted
    assert "Facts_NotNext" in does("facts", "post", act, copy, code=1)

    shown = does("facts", "show", fact)
    assert "231.50 EUR/t, on 2026-01-01 12:00:00 UTC" in shown
    assert f"{BAKER.address} signed" in shown
    assert f"{MILLER.address} did not sign" in shown
    age_s = clock_s(chain) - 1_767_268_800
    assert does("facts", "show", fact, "--max-age", age_s + 3_600).strip().endswith("231.50 EUR/t")
    assert "no value of the last 60 seconds" in does("facts", "show", fact, "--max-age", "60", code=1)

    back = tmp_path / "back.json"
    does("facts", "withdraw", fact, back, "--source", defined)
    assert "NO VALUE" in does("facts", "sign", back)
    FactAct.read(back).signed(MILLER).write(back)
    does("facts", "post", back)
    assert "taken back" in does("facts", "show", fact)
    assert "has no value now" in does("facts", "show", fact, "--max-age", "60", code=1)
    assert "is no issuer of Wheat any more" in does("facts", "resign", fact)
    assert f"{MAYOR.address} has resigned" in does("facts", "show", fact)
    assert "Facts_NotSeated" in does("facts", "resign", fact, code=1)

    site = tmp_path / "site" / "town"
    does("publish", site)
    (told,) = json.loads((site / "facts.json").read_text())["facts"]
    assert (told["id"], told["stands"]) == (fact, False)
    assert [(it["what"], it["value"]) for it in told["history"]] == [
        ("Stated", "23150"), ("Withdrawn", None), ("Resigned", None),
    ]  # fmt: skip
