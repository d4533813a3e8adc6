"""A look finds, writes and tells; whatever is cut off between is done at the next one, and nothing is told twice."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ingest.alerts import looking
from ingest.alerts.looking import Looked, look
from ingest.alerts.memory import read_memory
from ingest.index.reindex import catch_up
from ingest.index.store import enter, open_index
from ingest.settings.targets import EarthrangerOptions, MessageOptions, Selection, Target, WebhookOptions
from ingest.settings.values import Alerts, Settings
from ingest.spool.incidents import Known, incidents_in, looked_at, write_known
from ingest.spool.letters import read_letter
from ingest.spool.moves import place_of
from ingest.spool.outbox import marked_ids
from ingest.spool.stamp import new_id, utc_text
from tests.spools import make_sidecar, put_listed_item
from tests.unit.ingest.alerts.cases import part

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BAD = part("audit", "bad", "a.jpg has no outcome.", transfers=1)


def settings(root: Path, **alerts: Any) -> Settings:
    people = Target("people", "message", Selection(sends=("incidents",)), MessageOptions(Path("/x")))
    archive = Target("store", "message", Selection(sends=("accepted",)), MessageOptions(Path("/x")))
    given = Alerts(**{"quiet_from": "", "quiet_until": "", "digest_at": "", "gather_minutes": 0, **alerts})
    return replace(Settings(root=root, targets=(people, archive)), alerts=given)


def see(root: Path, *parts: dict[str, Any], after: timedelta = timedelta(0), **alerts: Any) -> Looked:
    return look(settings(root, **alerts), parts, NOW + after)


@pytest.fixture
def watched(root: Path) -> Path:
    """A spool with an index, at which was looked once."""
    with closing(open_index(root)) as index:
        catch_up(root, index)
    see(root)
    return root


def test_what_is_wrong_is_an_incident_a_letter_and_a_mark(watched: Path) -> None:
    looked = see(watched, BAD, after=MINUTE)
    (incident,) = incidents_in(watched)
    assert looked.open == (incident,) and incident.rule == "audit"
    (message,) = incident.messages
    assert message.to == ("people",) and message.is_marked and message.tags == ("urgent", "opened", "audit")
    assert marked_ids(watched, "people") == [message.id] and marked_ids(watched, "store") == []
    letter = read_letter(watched, message.id)
    assert letter and letter.about == incident.id and letter.content["incident"]["key"] == "audit:"
    assert letter.content["message"]["title"] == "The audit is red"


def test_it_is_told_once_and_its_end_once(watched: Path) -> None:
    for minute in range(1, 5):
        see(watched, BAD, after=minute * MINUTE)
    for minute in range(5, 9):
        see(watched, after=minute * MINUTE)
    (incident,) = incidents_in(watched)
    assert [one.what for one in incident.messages] == ["opened", "ended"]
    assert (incident.is_open, incident.how_it_ended) == (False, "It is over after 4 minutes.")
    assert read_memory(watched).going_on == ()


@pytest.mark.parametrize(
    ("step", "number"),
    [("write_incident", 0), ("write_incident", 1), ("write_letters", 0), ("keep_memory", 0)],
)
def test_a_look_that_is_cut_off_anywhere_is_made_up_for(
    watched: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    real, calls = getattr(looking, step), []

    def broken(*words: Any) -> Any:
        calls.append(words)
        if len(calls) > number:
            raise OSError(28, "No space left on device")
        return real(*words)

    monkeypatch.setattr(looking, step, broken)
    with pytest.raises(OSError, match="No space"):
        see(watched, BAD, after=MINUTE)
    monkeypatch.undo()
    for minute in range(3, 6):
        see(watched, BAD, after=minute * MINUTE)
    (incident,) = incidents_in(watched)
    (message,) = incident.messages
    assert message.is_marked and marked_ids(watched, "people") == [message.id]


def test_several_incidents_of_one_message_have_one_letter(watched: Path) -> None:
    outbox = {"waiting": 9, "failed": 0, "oldest_age_s": 1e6, "is_paused": False, "last_error": None}
    for minute in (1, 7):
        see(watched, part("outbox", "bad", targets={"a": outbox, "b": outbox}), after=minute * MINUTE)
    incidents = list(incidents_in(watched))
    assert len(incidents) == 2 and len({one.messages[0].id for one in incidents}) == 1
    assert len(marked_ids(watched, "people")) == 1


def test_what_somebody_knows_of_is_told_no_more(watched: Path) -> None:
    see(watched, part("disk", "attention"), after=MINUTE)
    see(watched, part("disk", "attention"), after=7 * MINUTE)
    (incident,) = incidents_in(watched)
    write_known(watched, Known(incident.id, "ann", utc_text(NOW)))
    see(watched, part("disk", "bad"), after=9 * MINUTE)
    (incident,) = incidents_in(watched)
    assert [one.what for one in incident.messages] == ["opened"] and incident.level == 2.0


def test_a_silent_camera_is_found_from_the_index_with_its_last_photo(watched: Path) -> None:
    with closing(open_index(watched)) as index:
        for day in range(20, 3, -1):
            at = NOW - day * DAY
            sidecar = make_sidecar(new_id(at), received_at=utc_text(at), camera_id="oak", account="north")
            enter(index, [(sidecar, place_of(sidecar))])
    see(watched, after=MINUTE)
    (incident,) = incidents_in(watched)
    assert (incident.key, incident.cameras) == ("silent:oak", ("oak",))
    letter = read_letter(watched, incident.messages[0].id)
    assert letter and letter.content["photo"] == place_of(sidecar)


def test_without_an_index_nothing_of_cameras_is_said_to_be_over(watched: Path) -> None:
    put_listed_item(watched, verdict="rejected", reason="unknown_camera", camera_id="new", received_at=utc_text(NOW))
    see(watched, after=MINUTE)
    assert [one.key for one in incidents_in(watched)] == ["unknown:new"]
    for file in (watched / "cache").iterdir():
        file.unlink()
    see(watched, after=2 * MINUTE)
    assert [one.is_open for one in incidents_in(watched)] == [True]


def test_a_daily_digest_tells_what_is_still_open(watched: Path) -> None:
    for hours in (1, 2, 24, 25):
        see(watched, BAD, after=hours * HOUR, digest_at="07:00")
    (incident,) = incidents_in(watched)
    assert [one.what for one in incident.messages] == ["opened", "digest"]
    assert incident.messages[1].title == "one thing is wrong" and incident.messages[1].tags == ("digest",)


def test_when_was_looked_is_known(watched: Path, tmp_path: Path) -> None:
    assert looked_at(watched) == NOW and looked_at(tmp_path) is None


def test_a_memory_that_cannot_be_read_begins_anew_without_a_second_incident(watched: Path) -> None:
    see(watched, BAD, after=MINUTE)
    (watched / "incidents/.looked.json").write_text("{")
    see(watched, BAD, after=2 * MINUTE)
    (incident,) = incidents_in(watched)
    assert [one.what for one in incident.messages] == ["opened"]


def test_people_are_told_of_several_at_once_and_a_service_of_each_for_itself(watched: Path) -> None:
    with_hook = settings(watched)
    hook = Target("hook", "webhook", Selection(sends=("incidents",)), WebhookOptions("https://x.example"))
    ranger = Target("ranger", "earthranger", Selection(sends=("incidents",)), EarthrangerOptions())
    with_hook = replace(with_hook, targets=(*with_hook.targets, hook, ranger))
    for camera_id in ("a", "b"):
        refused = {"verdict": "rejected", "reason": "unknown_camera", "received_at": utc_text(NOW)}
        put_listed_item(watched, camera_id=camera_id, **refused)  # type: ignore[arg-type]
    look(with_hook, [BAD], NOW + MINUTE)
    assert len(marked_ids(watched, "people")) == 2, "the audit, and two cameras"
    assert len(marked_ids(watched, "hook")) == 3
    letters = [read_letter(watched, one) for one in marked_ids(watched, "ranger")]
    assert sorted(one.content["incident"]["key"] for one in letters if one) == ["unknown:a", "unknown:b"]
    two = [one for one in incidents_in(watched) if one.rule == "unknown"]
    assert [[message.to for message in one.messages] for one in two] == [[("people",), ("hook", "ranger")]] * 2


def test_what_is_wrong_at_the_first_look_begins_for_services_as_well(root: Path) -> None:
    hook = Target("hook", "webhook", Selection(sends=("incidents",)), WebhookOptions("https://x.example"))
    known = replace(settings(root), targets=(hook,))
    look(known, [BAD], NOW)
    (letter,) = (read_letter(root, one) for one in marked_ids(root, "hook"))
    assert letter and letter.content["message"]["what"] == "opened"
