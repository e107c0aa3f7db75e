"""The routes about slips, rolls and the town: each reads a request, asks the office, and writes an answer."""

import re
from collections.abc import Mapping
from typing import Any

from eth_utils.address import to_checksum_address
from starlette.requests import Request
from starlette.responses import Response

from beffroi.post.answers import BatchAnswer, RefusedInBatch, TakenInBatch
from beffroi.post.api_deeds import DeedApi
from beffroi.post.codes import STATUS, Code, PostError
from beffroi.post.gate import Json, client_of, problem
from beffroi.post.intake import Answer, answer_body, in_batch, status_body, too_many
from beffroi.post.kinds import Draft
from beffroi.post.limits import Limiter
from beffroi.post.office import PostOffice
from beffroi.post.readiness import require_chain
from beffroi.post.reading import Reader, malformed
from beffroi.post.slip_types import ACCOUNT, DEED, DIGEST, ROOT, SlipReaders

_SECONDS = re.compile("[0-9]{1,3}", re.ASCII).fullmatch


class Api:
    """Answers requests.

    Args:
        office: asked for everything.
        clients: a bucket for each address, for slips that come many at once.
        deeds: the desk of deeds, where the town has one.
        readers: of what is handed in.
    """

    def __init__(self, office: PostOffice, clients: Limiter, deeds: DeedApi | None, readers: SlipReaders) -> None:
        self.office = office
        self.clients = clients
        self.deeds = deeds
        self.readers = readers

    async def post_slip(self, request: Request) -> Response:
        """One slip."""
        slip = self._read(self.readers.one, await request.body())
        if self.deeds and slip["kind"] == DEED:
            status, body = await self.deeds.sign(slip)
            request.scope["beffroi.slip"] = body["id"]
            return Json(body, status)
        draft = self.office.intake.draft(slip)
        request.scope["beffroi.slip"] = "0x" + draft.id.hex()
        (answer,) = await self.office.take([draft])
        self._count(draft, answer)
        if isinstance(answer, PostError):
            return problem(answer)
        return Json(*reversed(answer_body(answer)))

    async def post_batch(self, request: Request) -> Response:
        """Many slips: read all or none, then each for itself."""
        slips = self._read(self.readers.many, await request.body())["slips"]
        if wait_s := self.clients.wait_s(client_of(request.scope), len(slips) - 1):
            raise too_many(wait_s)
        drawn = [await self._of_batch(slip) for slip in slips]
        drafts = [it for it in drawn if isinstance(it, Draft)]
        answers = iter(await self.office.take(drafts))
        answered: list[TakenInBatch | RefusedInBatch] = []
        for it in drawn:
            if isinstance(it, Draft):
                answer = next(answers)
                self._count(it, answer)
                answered.append(in_batch(answer))
            else:
                answered.append(it)
        return Json(BatchAnswer(answers=answered))

    async def get_slip(self, request: Request) -> Response:
        """What became of a slip, once it moves on when asked to wait."""
        id_ = DIGEST.of(request.path_params["id"])
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
        root = ROOT.of(request.path_params["root"])
        account = ACCOUNT.of(request.path_params["account"])
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
                "kinds": [*office.kinds, *[DEED] * (self.deeds is not None)],
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

    async def _of_batch(self, slip: Mapping[str, Any]) -> Draft | TakenInBatch | RefusedInBatch:
        """A slip to be checked, or its answer when it has one already."""
        try:
            if self.deeds and slip["kind"] == DEED:
                status, body = await self.deeds.sign(slip)
                return {"status": status, "slip": body}
            return self.office.intake.draft(slip)
        except PostError as error:
            return in_batch(error)

    def _read(self, reader: Reader[dict[str, Any]], body: bytes) -> dict[str, Any]:
        try:
            return reader.json(body)
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
