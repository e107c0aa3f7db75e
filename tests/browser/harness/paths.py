"""The path of every view, read from the sources: a view that is added is looked at, or its test fails."""

import re
from urllib.parse import quote

import requests

from beffroi.demo.land import HOUSE, NEXT_DOOR
from beffroi.demo.lots import LUNCH
from beffroi.demo.serving import FRONTEND
from beffroi.demo.stage import Stage
from beffroi.flows.clearing import Clearings
from beffroi.land.registry import LandContracts
from beffroi.land.sale import Sales

SOURCES = FRONTEND / "src"
ENTRIES = (*sorted(SOURCES.glob("*/module.ts")), SOURCES / "shell" / "places.ts")
MONEY = "/money"


def every_path(stage: Stage, post: str) -> list[str]:
    """One path at least for each route of the dApp, in the demo's town.

    Raises:
        KeyError: a route has parameters and no example here.
        LookupError: a view is opened by no route that was found.
    """
    texts = {file: file.read_text(encoding="utf-8") for file in ENTRIES}
    views = set(SOURCES.glob("*/views/*.tsx"))
    opened = {
        file.parent / "views" / f"{name}.tsx"
        for file, text in texts.items()
        for name in re.findall(r'import\("\./views/(\w+)"\)', text)
    }
    if missed := views ^ opened:
        raise LookupError(f"no route that these tests can read opens {sorted(missed)}")
    # The first currency's door, which routesOf gives no path of its own, is the module's.
    found = [path for text in texts.values() for path in re.findall(r'(?:\bpath: |\broutesOf\()"([^"]*)"', text)]
    examples = _examples(stage, post)
    return [path for it in found for path in (examples[it] if ":" in it else [it or MONEY])]


def _examples(stage: Stage, post: str) -> dict[str, list[str]]:
    offices = LandContracts.at(stage.rpc, stage.manifest)
    (title,) = offices.titles([NEXT_DOOR.token_id])
    sale = NEXT_DOOR.token_id << 16 | title.version
    draft = {"act": "rescission", "sale": str(sale), "terms": Sales(offices).terms_of(sale).plain()}
    deed = requests.post(f"{post}/v1/deeds", json=draft, timeout=10).json()["id"]
    energy = f"/energy/0x{Clearings.of(stage.rpc, stage.manifest).opened()[0].terms.op.hex()}"
    return {
        **{f"/energy/:op{view}": [energy + view] for view in ("", "/month", "/street", "/desk")},
        **{f"/credit/:circle{view}": [] for view in ("", "/pay", "/vouch", "/scan")},
        "/vote/:id": ["/vote/1", "/vote/3", "/vote/4"],
        "/vote/:id/audit": ["/vote/1/audit"],
        "/vote/:id/count": ["/vote/4/count"],
        "/cred/:mandate": ["/cred/1", "/cred/2"],
        "/cred/:mandate/:promise": ["/cred/1/3", "/cred/2/0"],
        "/land/parcel/:id": [f"/land/parcel/{HOUSE}"],
        "/land/deed/:id": [f"/land/deed/{deed}"],
        "/land/sale/:number": [f"/land/sale/{sale}"],
        "/land/tax/:year/:index": [f"/land/tax/{stage.papers.taxes[-1].year}/0"],
        "/programmes/:name": [f"/programmes/0x{it.name.hex()}" for it in stage.papers.programmes],
        "/papers/one/:key": ["/papers/one/0x00"],
        "/papers/show/:key": ["/papers/show/0x00"],
        "/papers/desk/:schema/:issuer": [f"/papers/desk/1/{stage.office('clerk').address}"],
        "/lots/:id": [f"/lots/{quote(LUNCH, safe='')}"],
        "/lots/:id/recall": [f"/lots/{quote(LUNCH, safe='')}/recall"],
        "/desk/act/:name": ["/desk/act/issue", "/desk/act/enrol"],
        "/desk/:contract/act/:name": ["/desk/LocalCurrency/act/issue"],
        "/desk/attest/:act": [f"/desk/attest/{act}" for act in ("inscribe", "enact", "divide", "merge")],
        "/desk/judge/:mandate": ["/desk/judge/2"],
        "/desk/deed/:id": [f"/desk/deed/{deed}"],
        "/desk/deed/of/:sale": [f"/desk/deed/of/{sale}"],
    }
