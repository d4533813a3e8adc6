"""What people corrected holds, who said so stays, and the values as they were decided stay beside it."""

import pytest

from ingest.spool.corrections import can_be, corrected, correction_of, with_correction
from ingest.spool.sidecar import Correction, Sidecar, Warn, parse_sidecar, sidecar_object, sidecar_text
from tests.spools import make_sidecar

AT = "2026-11-27T01:00:00.000000Z"
MIXED = (Warn("low_resolution", "small"), Warn("mixed_camera", "two"))


def given(sidecar: Sidecar, value: str | None, by: str = "anna") -> Sidecar:
    return with_correction(sidecar, "camera_id", value, by, AT, "It hangs at the gate.")


def test_what_was_corrected_holds_and_what_was_decided_stays() -> None:
    sidecar = given(make_sidecar(camera_id="X"), "Y")
    assert (sidecar.camera_id, corrected(sidecar).camera_id, corrected(sidecar).camera_text) == ("X", "Y", "X")
    assert sidecar.corrections == (Correction("camera_id", "Y", "X", "anna", AT, "It hangs at the gate."),)
    assert correction_of(sidecar, "camera_id") == sidecar.corrections[0]


def test_the_last_note_holds_and_undoing_is_a_note_as_well() -> None:
    twice = given(given(make_sidecar(camera_id="X"), "Y"), "Z", "ben")
    assert (corrected(twice).camera_id, twice.corrections[-1].was) == ("Z", "Y")
    undone = given(twice, None)
    assert corrected(undone) == undone
    assert correction_of(undone, "camera_id") is None
    assert [(note.value, note.was) for note in undone.corrections] == [("Y", "X"), ("Z", "Y"), (None, "Z")]


@pytest.mark.parametrize(("held", "value"), [(None, "X"), (None, None), ("Y", "Y")])
def test_a_value_that_holds_already_needs_no_note(held: str | None, value: str | None) -> None:
    sidecar = given(make_sidecar(camera_id="X"), held)
    assert given(sidecar, value) is sidecar


def test_a_file_without_a_camera_is_given_one_and_back() -> None:
    sidecar = given(make_sidecar(camera_id=None, verdict="rejected", reason="missing_camera_id"), "Y")
    assert corrected(sidecar).camera_id == "Y"
    assert corrected(given(sidecar, None)).camera_id is None


def test_a_file_that_was_given_to_its_own_camera_is_mixed_up_no_longer() -> None:
    sidecar = given(make_sidecar(camera_id="X", warnings=MIXED), "Y")
    assert [one.code for one in corrected(sidecar).warnings] == ["low_resolution"]
    assert sidecar.warnings == corrected(given(sidecar, None)).warnings == MIXED


def test_notes_come_back_from_the_file_and_a_sidecar_without_any_has_no_key() -> None:
    sidecar = given(make_sidecar(camera_id="X"), "Y")
    assert parse_sidecar(sidecar_text(sidecar)) == sidecar
    assert "corrections" not in sidecar_object(make_sidecar())


@pytest.mark.parametrize(
    "note", [Correction("mood", "sad", "glad", "anna", AT), Correction("camera_id", "../x", "X", "eve", AT)]
)
def test_a_note_that_cannot_hold_changes_nothing(note: Correction) -> None:
    sidecar = make_sidecar(camera_id="X", corrections=(note,))
    assert corrected(sidecar) == sidecar


@pytest.mark.parametrize("value", [None, 5, "../x", "", ["Y"], "a" * 65])
def test_what_is_no_camera_id_cannot_be_one(value: object) -> None:
    assert not can_be("camera_id", value)
    assert can_be("camera_id", "Y") and not can_be("mood", "Y")
