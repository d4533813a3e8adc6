"""What lies on the bench: the files of a group, and the profile as it stands with what was chosen."""

from dataclasses import replace

import pytest
from werkzeug.exceptions import NotFound

from ingest.profiles.profile_file import read_profile
from ingest.settings.values import SHIPPED_PROFILES
from tests.unit.webadmin.site import Site, accepted, photo, rejected
from webadmin.app import create_app
from webadmin.profiles.work import Work, read_work

OAK = {"Make": "Oakfine", "Model": "T-9", "DateTimeOriginal": "2026:11:21 01:15:30"}


def work_on(site: Site, item_id: str, **sent: str) -> Work:
    with create_app(site.settings).app_context():
        return read_work(item_id, sent)


def test_the_item_it_was_begun_from_comes_first_and_what_was_chosen_is_in_the_profile(site: Site) -> None:
    items = [site.put(replace(rejected(reason="no_matching_profile"), exif=OAK, account="ridge"), photo())]
    items += [site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo())]
    work = work_on(site, items[1].id, **{"image.camera_id": "account", "image.location": "record", "other": "x"})
    assert (work.item_id, {one.item_id for one in work.members}) == (items[1].id, {one.id for one in items})
    assert work.answers == {"image.camera_id": "account", "image.location": "record"}
    assert work.profile is not None and work.profile.image is not None
    assert work.profile.image.fields["camera_id"].sources == ("account",)
    assert not work.problem


def test_there_is_no_work_on_an_item_that_is_not_here(site: Site) -> None:
    with pytest.raises(NotFound):
        work_on(site, "20251205T154647.120034Z-4f2a")


def test_names_are_proposed_and_what_somebody_typed_is_kept_and_said(site: Site) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo())
    work = work_on(site, item.id)
    assert (work.profile_id, work.name, work.typed, work.state) == ("oakfine-t-9", "Oakfine T-9", {}, {})
    work = work_on(site, item.id, profile="gate", name="  Gate\tcam ", file="7")
    assert (work.profile_id, work.name, work.id_problem) == ("gate", "Gate�cam", "")
    assert work.state == {"profile": "gate", "name": "Gate�cam"}
    assert work.profile is not None
    assert work.profile.name == "Gate�cam"


def test_work_on_an_accepted_item_begins_with_the_profile_that_read_it(site: Site) -> None:
    exif = {"Make": "GoPro", "Model": "HERO5 Black", "DateTimeOriginal": "2026:11:21 01:15:30", "BodySerialNumber": "7"}
    item = site.put(accepted(exif=exif, profile="gopro", upload_path="GOPR0001.JPG"), photo())
    work = work_on(site, item.id)
    shipped = read_profile(SHIPPED_PROFILES / "gopro")
    assert (work.profile_id, work.name, work.typed, work.problem) == ("gopro", shipped.name, {}, "")
    assert work.profile and work.profile.image == shipped.image
    other = work_on(site, item.id, **{**work.state, "image.location": "record"})
    assert other.profile and other.profile.image
    assert other.profile.image.fields["location"].sources == ("record",)
    assert other.profile.image.conditions == shipped.image.conditions  # type: ignore[union-attr]


def test_files_that_name_no_camera_can_be_said_to_be_one_cameras_and_what_came_by_an_own_account_stays(
    site: Site,
) -> None:
    shared = site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo())
    site.put(replace(rejected(reason="no_matching_profile"), exif=OAK, account="ridge"), photo())
    assert not work_on(site, shared.id).made.is_settled
    work = work_on(site, shared.id, of_camera=" Gate North ")
    assert (work.of_camera, work.by_hand) == ("Gate_North", {shared.id: "Gate_North"})
    assert work.made.is_settled and work.profile and work.profile.image
    assert work.profile.image.fields["camera_id"].sources == ("account",)
    assert work_on(site, shared.id, **work.state).state == work.state
    assert work_on(site, shared.id, of_camera="../x").by_hand == {}


def test_a_text_is_written_by_hand_only_when_it_is_not_the_one_that_was_shown(site: Site) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo())
    work = work_on(site, item.id)
    sent = work.text.replace("\n", "\r\n")
    assert not work_on(site, item.id, text=sent, based_on=work.based_on).answers
    mine = sent.replace('"Oakfine T-9"', '"Gate cam"').replace("exif.DateTimeOriginal", "exif.DateTime")
    again = work_on(site, item.id, text=mine, based_on=work.based_on)
    assert (again.name, again.typed, again.problem) == ("Gate cam", {"name": "Gate cam"}, "")
    assert 'exif.DateTime"' in again.text
    assert work_on(site, item.id, **again.state).text == again.text
    broken = work_on(site, item.id, text="name =", based_on=work.based_on)
    assert (broken.text, broken.profile) == ("name =", None)
    assert "is not TOML" in broken.problem
    assert broken.made.text == work.text


def test_a_name_that_is_typed_after_a_text_is_the_name(site: Site) -> None:
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo())
    mine = work_on(site, item.id).text.replace('"Oakfine T-9"', '"Gate cam"')
    written = work_on(site, item.id, text=mine)
    again = work_on(site, item.id, **{**written.state, "name": "Ridge cam"})
    assert again.profile is not None and again.profile.name == "Ridge cam"


def test_a_known_camera_may_be_the_model(site: Site) -> None:
    exif = OAK | {"Make": "Willfine", "Model": "5.0T", "BodySerialNumber": "861943070068027"}
    item = site.put(replace(rejected(reason="no_matching_profile"), exif=exif), photo())
    work = work_on(site, item.id, **{"image.like": "willfine-4.0t-cg"})
    like = next(one for one in work.made.decisions if one.field == "like")
    assert like.chosen is not None and like.chosen.reads == ("861943070068027, 2026-11-21T01:15:30",)
    assert 'check = "imei"' in work.text
    assert "5\\.0T" in work.text
