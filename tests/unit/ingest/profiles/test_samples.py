"""Samples and what they must give: found in order, compared key by key, and never replaced unasked."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.profiles.profile import Profile
from ingest.profiles.samples import (
    Sample,
    differences,
    expected_object,
    find_samples,
    read_expectation,
    write_expectation,
)
from ingest.spool.sidecar import Trace
from ingest.spool.stamp import new_id
from tests.spools import make_sidecar

SIDECAR = make_sidecar(camera_id="861943070068027", received_at="2026-05-01T12:00:00.000000Z")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    """A sample without an expectation."""
    folder = tmp_path / "acme-x1" / "samples"
    (folder / "gate").mkdir(parents=True)
    (folder / "gate" / "b.JPG").write_bytes(b"x")
    (found,) = find_samples(Profile("acme-x1", str(folder.parent), "Acme X1", "a test"))
    return found


def test_the_path_below_samples_is_the_upload_path(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "acme-x1" / "samples"
    for name in ("a.txt", "a.txt.json", "gate/b.JPG.json", "z.mp4"):
        (folder / name).write_bytes(b"{}")
    found = list(find_samples(Profile("acme-x1", str(folder.parent), "Acme X1", "a test")))
    assert [one.upload_path for one in found] == ["a.txt", "gate/b.JPG", "z.mp4"]
    assert [one.expectation.name for one in found] == ["a.txt.json", "b.JPG.json", "z.mp4.json"]
    assert {one.profile for one in found} == {"acme-x1"}


def test_what_was_written_is_what_is_expected(sample: Sample) -> None:
    assert read_expectation(sample) is None
    assert write_expectation(sample, SIDECAR)
    assert differences(sample, read_expectation(sample), expected_object(SIDECAR)) == []


def test_an_expectation_is_only_replaced_when_asked(sample: Sample) -> None:
    write_expectation(sample, SIDECAR)
    other = replace(SIDECAR, camera_id="other")
    assert not write_expectation(sample, other)
    assert read_expectation(sample) == expected_object(SIDECAR)
    assert write_expectation(sample, other, replace_old=True)
    assert read_expectation(sample) == expected_object(other)


def test_every_key_that_differs_is_named_with_both_values(sample: Sample) -> None:
    expected = expected_object(SIDECAR)
    found = {**expected, "camera_id": "other", "fields": {"x": 1}}
    del found["kind"]
    assert differences(sample, expected, found) == [
        f"{sample.expectation}: camera_id is 'other'; expected '861943070068027'",
        f"{sample.expectation}: fields is {{'x': 1}}; expected None",
        f"{sample.expectation}: kind is None; expected 'image'",
    ]
    (sentence,) = differences(sample, None, found)
    assert sentence.startswith(f"{sample.file}: there is no b.JPG.json")


def test_a_problem_may_be_said_in_other_words_and_not_be_another(sample: Sample) -> None:
    expected = {"problems": [{"code": "no_metadata", "message": "It has none."}], "warnings": []}
    said = {"problems": [{"code": "no_metadata", "message": "There is none."}], "warnings": []}
    assert differences(sample, expected, said) == []
    other = {"problems": [{"code": "empty_file", "message": "It has none."}], "warnings": [{"code": "truncated"}]}
    assert len(differences(sample, expected, other)) == 2


def test_what_changes_from_run_to_run_is_not_expected(sample: Sample) -> None:
    again = replace(
        SIDECAR,
        id=new_id(),
        decided_at="2027-01-01T00:00:00.000000Z",
        source="local",
        attempts=2,
        trace=(Trace("other", False, "path: no match"),),
    )
    assert expected_object(again) == expected_object(SIDECAR)
    assert expected_object(replace(SIDECAR, width=640)) != expected_object(SIDECAR)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file.write_bytes(b"{"), "cannot be read"),
        (lambda file: file.write_bytes(b"\xff"), "cannot be read"),
        (lambda file: file.mkdir(), "cannot be read"),
        (lambda file: file.write_bytes(b"[]"), "received_at is missing"),
        (lambda file: file.write_bytes(b'{"received_at": 5}'), "received_at is missing"),
    ],
)
def test_an_expectation_that_cannot_be_used_is_a_sentence(
    sample: Sample, damage: Callable[[Path], object], said: str
) -> None:
    damage(sample.expectation)
    with pytest.raises(CamspoolError, match=said) as caught:
        read_expectation(sample)
    assert str(caught.value).startswith(str(sample.expectation))


def test_an_expectation_is_readable_with_cat(sample: Sample) -> None:
    write_expectation(sample, SIDECAR)
    text = sample.expectation.read_text("utf-8")
    assert text.endswith("}\n")
    assert text.count("\n") > len(json.loads(text))
