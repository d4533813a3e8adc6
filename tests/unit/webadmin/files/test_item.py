"""One item as its page shows it: what the disk and the index know of it, and what was done to it."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.index.store import read_index
from ingest.requests.writing import ask
from ingest.settings.values import Retention
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar, Warn, sidecar_text
from tests.unit.webadmin.site import Site, accepted, photo, rejected
from webadmin.files.item import (
    REPORT_SHOWN_BYTES,
    Found,
    deleted_at,
    find_item,
    history,
    report_text,
    verdict_sentence,
)

ID = "20251205T154647.120034Z-4f2a"
DOUBT = Warn("clock_far_behind", "The clock is a year behind.")


def _find(site: Site, item_id: str) -> Found | None:
    with closing(read_index(site.root)) as index:
        return find_item(index, site.root, item_id)


def _report(site: Site, content: bytes) -> tuple[Sidecar, str]:
    sidecar = site.put(accepted(kind="report", upload_path="dr.txt"), content)
    found = _find(site, sidecar.id)
    assert found
    return sidecar, report_text(site.root, found.row)


def test_an_item_is_found_with_its_sidecar_as_it_is_on_disk(site: Site) -> None:
    item = site.put(rejected(), photo())
    found = _find(site, item.id)
    assert found
    assert (found.sidecar, found.text, found.vanished) == (item, sidecar_text(item), False)
    assert (found.row["reason"], found.row["connection"]) == ("missing_location", item.connection)
    assert _find(site, ID) is None


def test_a_file_that_vanished_is_said_even_where_its_sidecar_stays(site: Site) -> None:
    item = site.put(accepted(), photo())
    (site.root / place_of(item)).unlink()
    found = _find(site, item.id)
    assert found
    assert (found.sidecar, found.vanished) == (item, True)


@pytest.mark.parametrize("text", ["", "{}", "\u0000 {", '{"schema": 2}'])
def test_a_sidecar_that_cannot_be_read_leaves_what_the_index_knows(site: Site, text: str) -> None:
    item = site.put(accepted(), photo())
    (site.root / f"{place_of(item)}.json").write_text(text)
    found = _find(site, item.id)
    assert found
    assert found.sidecar is None
    assert found.row["camera_id"] == item.camera_id


def test_history_is_what_was_asked_about_this_item_and_not_what_only_mentions_it(site: Site) -> None:
    other = "20251205T154647.120034Z-0000"
    about = [ask(site.root, "requeue", by, ids=[ID, other]) for by in ("anna", "bert")]
    ask(site.root, "requeue", "carl", ids=[other], note=f"not {ID}")
    assert [(answer.id, answer.request["by"]) for answer in history(site.root, ID)] == [
        (about[1], "bert"), (about[0], "anna"),
    ]  # fmt: skip


def test_only_a_report_is_shown_as_text_and_only_its_beginning(site: Site) -> None:
    item, text = _report(site, b"Battery:60\n" + b"x" * 20_000)
    assert text == "Battery:60\n" + "x" * (REPORT_SHOWN_BYTES - 11)
    picture = _find(site, site.put(accepted(), b"Battery:60\n").id)
    assert picture
    assert report_text(site.root, picture.row) == ""
    (site.root / place_of(item)).unlink()
    found = _find(site, item.id)
    assert found
    assert report_text(site.root, found.row) == ""


def test_retention_counts_from_the_arrival_and_each_verdict_and_what_is_unusable_has_its_days() -> None:
    keeps_accepted = Retention(rejected_days=30, accepted_days=0)
    assert deleted_at(ID, "no_metadata", keeps_accepted) == datetime(2026, 1, 4, 15, 46, 47, 120034, UTC)
    assert deleted_at(ID, None, keeps_accepted) is None
    keeps_rejected = Retention(rejected_days=0, accepted_days=1)
    assert deleted_at(ID, None, keeps_rejected) == datetime(2025, 12, 6, 15, 46, 47, 120034, UTC)
    assert deleted_at(ID, "no_metadata", keeps_rejected) is None
    unusable = Retention(rejected_days=30, unusable_days=2)
    assert deleted_at(ID, "file_too_large", unusable) == datetime(2025, 12, 7, 15, 46, 47, 120034, UTC)
    assert deleted_at(ID, "not_a_jpeg", Retention(rejected_days=30, unusable_days=0)) is None


@pytest.mark.parametrize(
    ("sidecar", "sentence"),
    [
        (accepted(), "Photo accepted."),
        (accepted(kind="report"), "Report accepted."),
        (accepted(warnings=(DOUBT,)), "Photo accepted, with 1 warning."),
        (accepted(warnings=(DOUBT, DOUBT)), "Photo accepted, with 2 warnings."),
        (rejected(), "Rejected: The photo has no position."),
        (replace(rejected(), problems=()), "Rejected: missing location"),
    ],
)
def test_the_verdict_is_one_sentence(sidecar: Sidecar, sentence: str) -> None:
    assert verdict_sentence(sidecar) == sentence
