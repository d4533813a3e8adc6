"""What people said to the audit lies in the spool, among the answers to requests."""

import json
from pathlib import Path

import pytest

from ingest.spool.stamp import new_id
from ingest.upkeep.explanations import explain, explanations_in
from ingest.upkeep.finding import Finding

LOST = Finding("c", "a.jpg", 1, 0)


def test_an_explanation_is_kept_with_who_when_and_why(root: Path) -> None:
    assert explanations_in(root) == {}
    other = Finding("c", "b.jpg", 2, 2, wrong_bytes=5)
    explain(root, [LOST, other], "anna", "I removed them.")
    told = explanations_in(root)
    assert {(one.by, one.because) for one in told.values()} == {("anna", "I removed them.")}
    assert set(told) == {LOST, other}
    assert told[LOST].at.endswith("Z")


@pytest.mark.parametrize(
    "changes",
    [
        {"results": []},
        {"results": [{"outcome": "refused"}]},
        {"findings": [{"connection": "c"}]},
        {"findings": None},
        {"action": "delete"},
        {"by": {"x": 1}, "findings": [[]]},
    ],
)
def test_an_answer_that_explains_nothing_is_passed_over(root: Path, changes: dict[str, object]) -> None:
    explain(root, [LOST], "anna", "I removed it.")
    (file,) = (root / "requests" / "done").glob("*.json")
    broken = {**json.loads(file.read_text()), **changes, "note": "explain"}
    (root / "requests" / "done" / f"{new_id()}.json").write_text(json.dumps(broken))
    (root / "requests" / "done" / f"{new_id()}.json").write_text('{"explain"')
    assert list(explanations_in(root)) == [LOST]
