"""The routes about deeds: drafted, signed by each party in her time, read by the notary."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from beffroi.post.answers import SlipAnswer
from beffroi.post.codes import Code, PostError
from beffroi.post.deed_types import DEED_REQUEST
from beffroi.post.deedbook import Deed
from beffroi.post.deeds import DeedDesk
from beffroi.post.gate import Json
from beffroi.post.model import SlipState
from beffroi.post.office import PostOffice
from beffroi.post.slip_types import DIGEST, PARTY


class DeedApi:
    """Answers requests about deeds.

    Args:
        office: asked for everything.
        desk: of deeds.
    """

    def __init__(self, office: PostOffice, desk: DeedDesk) -> None:
        self.office = office
        self.desk = desk

    async def post_deed(self, request: Request) -> Response:
        """Drafts a deed."""
        deed, new = await self.office.in_thread(self.desk.draft, DEED_REQUEST.json(await request.body()))
        request.scope["beffroi.slip"] = "0x" + deed.id.hex()
        return Json(deed.plain(), 201 if new else 200)

    async def get_deed(self, request: Request) -> Response:
        """A deed, with the signatures that it has."""
        id_ = DIGEST.of(request.path_params["id"])
        request.scope["beffroi.slip"] = "0x" + id_.hex()
        return Json((await self.office.in_thread(self.desk.get, id_)).plain())

    async def get_deeds(self, request: Request) -> Response:
        """The deeds that an account signs."""
        party = PARTY.of(request.query_params.get("party"))
        found = await self.office.in_thread(self.desk.book.of, party)
        return Json({"deeds": [deed.plain() for deed in found]})

    async def sign(self, slip: Mapping[str, Any]) -> tuple[int, SlipAnswer]:
        """A party's signature: HTTP's status, and the deed as a slip that is being followed."""
        deed, new = await self.office.in_thread(self.desk.sign, slip)
        self.office.metrics.slip("deed", "new" if new else "known")
        return 202 if new else 200, self.as_slip(deed)

    def as_slip(self, deed: Deed) -> SlipAnswer:
        """A deed as a slip: received as long as it is collected."""
        return {
            "id": "0x" + deed.id.hex(),
            "kind": "deed",
            "state": SlipState.RECEIVED,
            "receivedAt": int(deed.drafted_at),
            "changedAt": int(deed.drafted_at),
            "deadline": deed.body["terms"]["settleBy"],
            "transaction": None,
            "block": None,
            "gas": None,
            "feeWei": None,
            "error": None,
        }

    async def slip_of(self, id_: bytes) -> SlipAnswer:
        """What a deed's digest is answered with where a slip's is expected.

        Raises:
            PostError: it is neither.
        """
        deed = await self.office.in_thread(self.desk.book.get, id_)
        if deed is None:
            raise PostError(Code.SLIP_UNKNOWN, "this slip was never handed in here")
        return self.as_slip(deed)
