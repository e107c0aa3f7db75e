"""A request's bytes become what its type says, or an error of ours: here alone pydantic's errors are told as ours."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from beffroi.post.codes import Code, PostError

T = TypeVar("T")

MOST_FAULTS = 100
"""Of a request whose first fault is named: who sends more of them is not worth the time to list them."""
SAID: Mapping[str, str] = {
    "bool_type": "must be true or false",
    "dict_type": "must be an object",
    "extra_forbidden": "takes no member {member!r}",
    "list_type": "must be a list",
    "literal_error": "must be {expected}",
    "missing": "is missing",
    "too_long": "must be a list of at most {max_length}",
    "too_short": "must be a list of at least {min_length}",
    "union_tag_invalid": "must be one of {expected_tags}",
    "union_tag_not_found": "is missing",
}
"""What pydantic's types of errors are called here; those that are not here come from `json_types`, with our words."""


@dataclass(frozen=True)
class Reader(Generic[T]):
    """Reads what is of one type.

    Attributes:
        adapter: of the type.
        whole: what a request is called where it is wrong as a whole.
        tag_at: where in an error's place pydantic puts the tag of a union; None where there is no union.
        elsewhere: tags that are known and not in this union.
    """

    adapter: TypeAdapter[T]
    whole: str = "body"
    tag_at: int | None = None
    elsewhere: Collection[str] = frozenset()

    def json(self, body: bytes) -> T:
        """What a body holds.

        Raises:
            PostError: it is not JSON, or a member is missing, unknown or malformed; which is named.
        """
        try:
            return self.adapter.validate_json(body)
        except ValidationError as error:
            raise self._refusal(error) from error

    def of(self, value: Any) -> T:
        """What a value holds that came in another way: in a path, a query, a payload of ours.

        Raises:
            PostError: as `json`.
        """
        try:
            return self.adapter.validate_python(value)
        except ValidationError as error:
            raise self._refusal(error) from error

    def plain(self, value: T) -> Any:
        """As JSON has it."""
        return self.adapter.dump_python(value, mode="json")

    def _refusal(self, error: ValidationError) -> PostError:
        if error.error_count() > MOST_FAULTS:
            return malformed(self.whole, f"has {error.error_count()} faults")
        fault: Mapping[str, Any] = error.errors(include_url=False, include_input=False)[0]
        what, place = str(fault["type"]), list(fault["loc"])
        about = {name: _plain(it) for name, it in fault.get("ctx", {}).items()}
        if what == "json_invalid":
            return PostError(Code.MALFORMED_JSON, "the body is not JSON")
        if self.tag_at is not None:
            del place[self.tag_at : self.tag_at + 1]
        if what == "extra_forbidden":
            about["member"] = str(place.pop())[:40]
        elif "discriminator" in about:
            place.append(str(about["discriminator"]))
        path = self._path(place)
        if about.get("tag") in self.elsewhere:
            return PostError(Code.KIND_NOT_SERVED, "this town has no office that takes such a slip", path=path)
        words = SAID[what].format_map(about) if what in SAID else str(fault["msg"])  # or the type has said it itself
        code = Code.VALUE_OUT_OF_RANGE if what == Code.VALUE_OUT_OF_RANGE else Code.MALFORMED_REQUEST
        return PostError(code, f"{path} {words}", path=path)

    def _path(self, place: list[int | str]) -> str:
        """As in JavaScript: `slips[1].message.to`."""
        path = "".join(f"[{it}]" if isinstance(it, int) else f".{it}" for it in place)
        return path.removeprefix(".") or self.whole


def malformed(path: str, why: str) -> PostError:
    """What is answered to a member that is not what the description says."""
    return PostError(Code.MALFORMED_REQUEST, f"{path} {why}", path=path)


def _plain(about: Any) -> Any:
    return about.replace("'", "") if isinstance(about, str) else about
