"""Which files a draft on the page is made from: those of the same reason and type, each as it came."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from piexif import ExifIFD, ImageIFD

from ingest.index.store import read_index
from ingest.profiles.drafting import MOST_FILES
from ingest.profiles.drafts import Given
from ingest.spool.moves import place_of
from ingest.spool.sidecar import Sidecar
from tests.reconyx import hyperfire_makernote
from tests.samples.drawing import drawn
from tests.samples.strangers import FIRST, commented
from tests.unit.webadmin.site import Site, accepted, rejected
from webadmin.files.item import find_item
from webadmin.profiles.group import find_group

OAK = {"Make": "Oakfine", "Model": "T-9"}


def stranger(number: int, path: str | None = None, **changes: object) -> Sidecar:
    sidecar = rejected(timedelta(minutes=number + 1), upload_path=path or f"gate/IMG_{number}.JPG")
    return replace(sidecar, reason="no_matching_profile", **changes)  # type: ignore[arg-type]


def group_of(site: Site, sidecar: Sidecar) -> list[Given]:
    with closing(read_index(site.root)) as index:
        found = find_item(index, site.root, sidecar.id)
        assert found is not None
        return [one.given for one in find_group(index, site.settings, found)]


def test_photos_of_the_same_make_and_reason_are_a_group_with_their_paths_accounts_and_arrivals(site: Site) -> None:
    asked = site.put(stranger(0, exif=OAK, account="ridge"))
    site.put(stranger(1, exif=OAK))
    site.put(stranger(2, exif={"Make": "Other", "Model": "Z"}))
    site.put(replace(stranger(3, exif=OAK), reason="missing_location"))
    site.put(accepted(exif=OAK))
    group = group_of(site, asked)
    assert [(one.path, one.account, one.is_own) for one in group] == [
        ("gate/IMG_0.JPG", "ridge", True),
        ("gate/IMG_1.JPG", "camera", False),
    ]
    assert all(one.arrived for one in group)


def test_photos_without_make_are_alike_in_the_form_of_their_paths_and_their_beginning_is_read(site: Site) -> None:
    (path, content), *_ = commented("gate/snap.jpg", "SN=ACCC8E123456")
    asked = site.put(stranger(0, path), content)
    site.put(stranger(1, "north ridge/shot.jpg"), content)
    site.put(stranger(2, "gate/IMG_0001.jpg"), content)
    site.put(stranger(3, "snap.jpg"), content)
    assert [(one.path, one.facts.comment) for one in group_of(site, asked)] == [
        ("gate/snap.jpg", b"SN=ACCC8E123456"),
        ("north ridge/shot.jpg", b"SN=ACCC8E123456"),
    ]


REPORT = b"IMEI:861943070068027\nBattery:60%\nCSQ:31\nTotal:5\n"


def report(number: int, path: str | None = None) -> Sidecar:
    return replace(stranger(number, path or f"gate/{number}.txt"), kind="report")


def test_reports_of_the_same_reason_are_a_group_where_most_of_their_keys_are_alike(site: Site) -> None:
    asked = site.put(report(0), REPORT)
    site.put(report(1), REPORT.replace(b"CSQ:31\n", b"Send:7\n"))
    site.put(report(2), b"IMEI:861943070068027\nVolt:11\nFree:2\n")
    site.put(stranger(3, exif=OAK))
    site.put(replace(report(4), reason="unparsable_report"), REPORT)
    group = group_of(site, asked)
    assert [one.path for one in group] == ["gate/0.txt", "gate/1.txt"]
    assert group[0].facts.report["battery"] == "60%"
    alone = site.put(replace(accepted(kind="report", upload_path="dr.txt"), camera_id="X"), REPORT)
    assert [one.facts.report["csq"] for one in group_of(site, alone)] == ["31"]


def test_what_a_makernote_says_and_texts_in_other_writings_are_there_for_a_draft(site: Site) -> None:
    note = {ExifIFD.MakerNote: hyperfire_makernote("H500DE01120343", FIRST)}
    image = {ImageIFD.Make: b"RECONYX", ImageIFD.ImageDescription: "测试01".encode("gbk")}
    content = drawn({"0th": image, "Exif": note}, (64, 48))
    asked = site.put(stranger(0, exif={"Make": "RECONYX"}), content)
    (given,) = group_of(site, asked)
    assert given.facts.makernotes.values["SerialNumber"] == "H500DE01120343"
    assert given.facts.foreign["ImageDescription"] == "测试01".encode("gbk")
    assert group_of(site, asked) == [given]


def test_of_a_file_that_is_gone_the_sidecar_is_what_there_is(site: Site) -> None:
    asked = site.put(stranger(0, exif=OAK))
    (site.root / place_of(asked)).unlink()
    assert [one.facts.exif for one in group_of(site, asked)] == [OAK]


def test_of_very_many_those_are_taken_that_are_spread_evenly_and_of_an_accepted_one_itself(site: Site) -> None:
    items = [site.put(stranger(number, exif=OAK)) for number in range(MOST_FILES + 20)]
    group = group_of(site, items[0])
    assert len(group) == MOST_FILES
    assert group[-1].path == items[-1].upload_path
    assert len(group_of(site, site.put(accepted(exif=OAK)))) == 1
