"""A question is read by its type; an answer is JSON, whatever stands in it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from webadmin.api.operation import Id, Limit, Operation, QuestionError, cut, encode, read_question


@dataclass(frozen=True)
class Question:
    id: Id
    limit: Limit = 7


@dataclass(frozen=True)
class One:
    id: str


OPERATION = Operation("/things/{id}", "thing", "A thing", Question, dict, lambda _asked: {})
ID = "20260601T120000.000000Z-00000001"


def test_a_question_is_read_from_path_and_parameters() -> None:
    assert OPERATION.in_path == {"id"}
    assert read_question(OPERATION, MultiDict(), {"id": ID}) == Question(ID, 7)
    assert read_question(OPERATION, MultiDict({"limit": "9"}), {"id": ID}) == Question(ID, 9)


@pytest.mark.parametrize(
    ("given", "id_"),
    [({"limit": "1001"}, ID), ({"limit": ""}, ID), ({"limit": "x"}, ID), ({"id": ID}, ID), ({}, "x"), ({}, ID + "\n")],
)
def test_what_it_does_not_know_is_refused(given: dict[str, str], id_: str) -> None:
    with pytest.raises(QuestionError):
        read_question(OPERATION, MultiDict(given), {"id": id_})


@pytest.mark.parametrize(("limit", "shown", "following"), [(1, 1, "a"), (2, 2, None), (3, 2, None)])
def test_a_page_ends_where_it_is_full(limit: int, shown: int, following: str | None) -> None:
    page, last = cut((One(name) for name in "ab"), limit)
    assert (len(page), last) == (shown, following)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"a": "ü"}, {"a": "ü"}),
        ({"a\udc80": ["\udc80", 1, None]}, {"a?": ["?", 1, None]}),
        ((1.5, float("inf")), [1.5, None]),
    ],
)
def test_an_answer_is_json(answer: Any, told: Any) -> None:
    assert json.loads(encode(answer)) == told
