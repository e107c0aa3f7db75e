"""The routes about slips, rolls and the town: each reads a request, asks the office, and writes an answer."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from eth_utils.address import to_checksum_address
from starlette.requests import Request
from starlette.responses import Response

from beffroi.post.api_deeds import DeedApi
from beffroi.post.body import json_of
from beffroi.post.codes import STATUS, Code, PostError
from beffroi.post.gate import Json, client_of, problem
from beffroi.post.intake import Answer, answer_body, status_body, too_many
from beffroi.post.json_types import ADDRESS, BYTES32, malformed
from beffroi.post.kinds import Draft
from beffroi.post.limits import Limiter
from beffroi.post.office import PostOffice
from beffroi.post.readiness import require_chain

Handler = Callable[[Request], Awaitable[Response]]
UNREADABLE = frozenset({Code.MALFORMED_REQUEST, Code.VALUE_OUT_OF_RANGE, Code.KIND_NOT_SERVED})
"""What is the client's error, and fails a whole batch."""
_SECONDS = re.compile("[0-9]{1,3}", re.ASCII).fullmatch


class Api:
    """Answers requests.

    Args:
        office: asked for everything.
        clients: a bucket for each address, for slips that come many at once.
        deeds: the desk of deeds, where the town has one.
    """

    def __init__(self, office: PostOffice, clients: Limiter, deeds: DeedApi | None) -> None:
        self.office = office
        self.clients = clients
        self.deeds = deeds

    async def post_slip(self, request: Request) -> Response:
        """One slip."""
        slip = await json_of(request)
        if self.deeds and _is_deed(slip):
            status, body = await self.deeds.sign(slip, "slip")
            request.scope["beffroi.slip"] = body["id"]
            return Json(body, status)
        draft = self._read(slip, "slip")
        request.scope["beffroi.slip"] = "0x" + draft.id.hex()
        (answer,) = await self.office.take([draft])
        self._count(draft, answer)
        if isinstance(answer, PostError):
            return problem(answer)
        return Json(*reversed(answer_body(answer)))

    async def post_batch(self, request: Request) -> Response:
        """Many slips: read all or none, then each for itself."""
        body = await json_of(request)
        if type(body) is not dict or body.keys() != {"slips"} or type(body["slips"]) is not list:
            raise malformed("body", "must be an object with a list `slips`, and nothing else")
        slips, most = body["slips"], self.office.config.limits.batch
        if not 1 <= len(slips) <= most:
            raise malformed("slips", f"must be a list of 1 to {most}")
        if wait_s := self.clients.wait_s(client_of(request.scope), len(slips) - 1):
            raise too_many(wait_s)
        read = [await self._of_batch(slip, f"slips[{place}]") for place, slip in enumerate(slips)]
        drafts = [it for it in read if isinstance(it, Draft)]
        answers = iter(await self.office.take(drafts))
        answered: list[dict[str, Any]] = []
        for it in read:
            if isinstance(it, Draft):
                answer = next(answers)
                self._count(it, answer)
                answered.append(_in_batch(answer))
            else:
                answered.append(it)
        return Json({"answers": answered})

    async def get_slip(self, request: Request) -> Response:
        """What became of a slip, once it moves on when asked to wait."""
        id_ = BYTES32.read(request.path_params["id"], "id")
        wait_s = self._wait_s(request)
        request.scope["beffroi.slip"] = "0x" + id_.hex()
        status = await self.office.status(id_)
        if status is None:
            if self.deeds is None:
                raise PostError(Code.SLIP_UNKNOWN, "this slip was never handed in here")
            return Json(await self.deeds.slip_of(id_))
        return Json(status_body(await self.office.watch.moved(status, wait_s)))

    async def get_place(self, request: Request) -> Response:
        """Where an account stands on a sealed roll, and the proof of it."""
        root = BYTES32.read(request.path_params["root"], "root")
        account = ADDRESS.read(request.path_params["account"], "account")
        roll = await self.office.in_thread(self.office.rolls.get, root)
        if roll is None:
            raise PostError(Code.ROLL_UNKNOWN, "the post office does not have this roll")
        if not await self.office.in_thread(roll.has, account):
            raise PostError(Code.NOT_ON_ROLL, "the account is not on this roll")
        index = roll.index(account)
        proof = ["0x" + it.hex() for it in roll.proof(index)]
        return Json({"index": index, "size": len(roll.roll), "proof": proof})

    async def get_town(self, _: Request) -> Response:
        """What this post office serves."""
        office, limits = self.office, self.office.config.limits
        return Json(
            {
                "town": office.manifest.town,
                "name": office.manifest.name,
                "chainId": office.manifest.chain_id,
                "contracts": {name: it.address for name, it in office.manifest.contracts.items()},
                "kinds": [*office.kinds, *["deed"] * (self.deeds is not None)],
                "rolls": await office.in_thread(office.rolls.roots),
                "senders": [str(to_checksum_address(it)) for it in office.senders],
                "limits": {
                    "body": limits.body,
                    "batchBody": limits.batch_body,
                    "batch": limits.batch,
                    "wait_s": limits.wait_s,
                    "clientPerSecond": limits.client.per_s,
                    "clientBurst": limits.client.burst,
                    "signerPerSecond": limits.signer.per_s,
                    "signerBurst": limits.signer.burst,
                },
            }
        )

    async def health(self, _: Request) -> Response:
        """The process lives."""
        return Json({"status": "ok"})

    async def ready(self, _: Request) -> Response:
        """Whether database and chain answer."""
        parts = await self.office.in_thread(self._parts)
        fine = all(state == "ok" for state in parts.values())
        return Json({"ready": fine, "parts": parts}, 200 if fine else STATUS[Code.CHAIN_UNAVAILABLE])

    async def show_metrics(self, _: Request) -> Response:
        """For Prometheus."""
        text = await self.office.in_thread(self.office.metrics.text)
        return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")

    async def _of_batch(self, slip: Any, path: str) -> Draft | dict[str, Any]:
        """A slip to be checked, or its answer when it has one already; what is malformed fails the whole request."""
        try:
            if self.deeds and _is_deed(slip):
                status, body = await self.deeds.sign(slip, path)
                return {"status": status, "slip": body}
            return self._read(slip, path)
        except PostError as error:
            if error.code in UNREADABLE:
                where = str(error.details.get("path", ""))
                where = where if where.startswith(path) else f"{path}.{where}"
                raise PostError(error.code, f"in {path}: {error.message}", path=where) from error
            return _in_batch(error)

    def _read(self, slip: Any, path: str) -> Draft:
        try:
            return self.office.intake.read(slip, path)
        except PostError as error:
            self.office.metrics.slip("unread", str(error.code))
            raise

    def _count(self, draft: Draft, answer: Answer) -> None:
        outcome = str(answer.code) if isinstance(answer, PostError) else "new" if answer.new else "known"
        self.office.metrics.slip(draft.kind, outcome)

    def _wait_s(self, request: Request) -> int:
        most, given = self.office.config.limits.wait_s, request.query_params.get("wait_s", "0")
        if not _SECONDS(given) or int(given) > most:
            raise malformed("wait_s", f"must be a whole number from 0 to {most}")
        return int(given)

    def _parts(self) -> dict[str, str]:
        parts = {"database": "ok", "chain": "ok"}
        for part, ask in (("database", self.office.store.ready), ("chain", self._chain)):
            try:
                ask()
            except Exception as error:  # noqa: BLE001, whatever it is, that part is not ready
                parts[part] = type(error).__name__
        return parts

    def _chain(self) -> None:
        office = self.office
        require_chain(office.rpc, office.manifest.chain_id, office.senders, office.kinds)


def _is_deed(slip: Any) -> bool:
    return type(slip) is dict and slip.get("kind") == "deed"


def _in_batch(answer: Answer) -> dict[str, Any]:
    status, body = answer_body(answer)
    return {"status": status, "error" if isinstance(answer, PostError) else "slip": body}
