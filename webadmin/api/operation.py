"""What an operation of the API is, and how a question to it is read. One type checks a question and describes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from typing import Annotated, Any, Protocol, TypeVar

import msgspec
from msgspec import Meta
from werkzeug.datastructures import MultiDict

PAGE_MAX = 1000
Limit = Annotated[int, Meta(ge=1, le=PAGE_MAX, description="How many at most.")]
END = r"$(?!\n)"
"""The end of a text: to Python `$` alone also stands before a last line break, to others it does not."""

ID_FORM = rf"^[0-9]{{8}}T[0-9]{{6}}\.[0-9]{{6}}Z-[0-9a-f]{{4,8}}{END}"
Id = Annotated[str, Meta(pattern=ID_FORM, description="An id, as a list names it.")]
After = Annotated[str, Meta(pattern=ID_FORM, description="The id of the last one that you have: what follows it.")]
CameraId = Annotated[str, Meta(pattern=rf"^[A-Za-z0-9][A-Za-z0-9._-]{{0,63}}{END}", description="A camera's ID.")]


class QuestionError(Exception):
    """A question that cannot be answered, with the sentence that says why."""


class NothingThereError(Exception):
    """What was asked for is not there."""


class HasId(Protocol):
    """What has an id."""

    @property
    def id(self) -> str:
        """Its id."""


Named = TypeVar("Named", bound=HasId)


@dataclass(frozen=True)
class Operation:
    """One address below `/api/v1`. `question` is a dataclass of what may be asked, `answer` of what is answered, or
    bytes; `read` gives the answer, and raises NothingThereError. Parts of `path` in braces are fields of the question.
    """

    path: str
    name: str
    summary: str
    question: type[Any]
    answer: type[Any]
    read: Callable[[Any], Any]

    @property
    def in_path(self) -> frozenset[str]:
        """The fields of the question that are parts of the path."""
        return frozenset(part[1:-1] for part in self.path.split("/") if part.startswith("{"))


@dataclass(frozen=True)
class Nothing:
    """Nothing more is asked."""


def read_question(operation: Operation, given: "MultiDict[str, str]", in_path: Mapping[str, str]) -> Any:
    """Return what is asked. Raise QuestionError for what the operation does not know: a word that is mistyped must not
    be taken for one that was left out."""
    known = {entry.name for entry in fields(operation.question)} - operation.in_path
    for name in given:
        if name not in known:
            offered = ", ".join(sorted(known)) or "none"
            raise QuestionError(f"This address knows no parameter {name[:40]!r}; it knows: {offered}.")
        if len(given.getlist(name)) > 1:
            raise QuestionError(f"The parameter {name} is given more than once.")
    try:
        return msgspec.convert({**given.to_dict(), **in_path}, operation.question, strict=False)
    except msgspec.ValidationError as error:
        raise QuestionError(f"{error}.") from error


def cut(found: Iterable[Named], limit: int) -> tuple[tuple[Named, ...], str | None]:
    """Return the first page of what was found, and what to ask `after` for the next one; None when that is all."""
    page = tuple(islice(found, limit + 1))
    return page[:limit], page[limit - 1].id if len(page) > limit else None


def encode(answer: Any) -> bytes:
    """Return an answer as JSON. What is no character, as a damaged sidecar may have, becomes `?`."""
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:
        return msgspec.json.encode(_clean(msgspec.to_builtins(answer)))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value
