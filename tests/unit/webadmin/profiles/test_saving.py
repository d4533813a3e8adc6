"""What the save button says before anybody presses it."""

from dataclasses import replace

from ingest.spool.saved_profiles import Version, write_version
from tests.unit.webadmin.site import Site, photo, rejected
from webadmin.profiles.saving import rejected_members, saving_of, sent_fields
from webadmin.profiles.work import Work, read_work

EXIF = {"Make": "Oakfine", "Model": "T-9", "BodySerialNumber": "77", "DateTimeOriginal": "2026:11:21 01:15:30"}


def work_on(site: Site, **sent: str) -> Work:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=EXIF), photo())
    return read_work(item.id, sent)


def test_the_version_that_is_shown_and_the_number_of_files_go_with_the_button(site: Site) -> None:
    version = Version("20260401T120000.000001Z-10000001", "a = 1", "b\x1ben", "2026-04-01T12:00:00.000001Z")
    with site.app.test_request_context():
        work = work_on(site)
        fresh = saving_of(work)
        assert (fresh.seen, fresh.last, fresh.files, fresh.by, fresh.problem) == ("", None, 1, "", "")
        assert rejected_members(work) == [work.item_id]
        write_version(site.root, work.profile_id, version)
        saving = saving_of(work, ["1", "2"])
        assert (saving.seen, saving.last, saving.files) == (version.id, version, 2)
        assert "\x1b" not in saving.by


def test_a_profile_that_cannot_be_read_or_asks_something_still_is_not_saved(site: Site) -> None:
    with site.app.test_request_context():
        work = work_on(site)
        assert "cannot be read" in saving_of(replace(work, profile=None)).problem
        unsettled = replace(work, made=replace(work.made, text="", decisions=()), text="")
        assert "Answer the open questions" in saving_of(unsettled).problem
        assert saving_of(replace(work, profile_id="gopro")).is_shipped
        assert saving_of(replace(work, profile_id="../x")).problem


def test_what_was_sent_is_sent_once_more_but_for_its_token(site: Site) -> None:
    form = {"image.camera_id": "account", "csrf_token": "x", "takes": "1", "text": "a\nb"}
    with site.app.test_request_context(method="POST", data=form):
        assert sent_fields() == [("image.camera_id", "account"), ("text", "a\nb")]
