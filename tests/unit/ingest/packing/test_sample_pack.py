"""Sample packs: every sample gives what the real file gave, and nothing of a person can be found in any byte."""

import json
from pathlib import Path
from random import Random

import pytest

from ingest.errors import CamspoolError
from ingest.packing.pack_files import write_pack
from ingest.packing.sample_pack import Original, SamplePack, make_pack
from ingest.profiles.catalogue import Catalogue, load_catalogue
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import FILE, read_profile
from ingest.profiles.samples import find_samples, read_expectation
from ingest.reading.exif import read_exif
from ingest.reading.imei import is_imei
from ingest.reading.jpeg import read_structure
from ingest.settings.values import SHIPPED_PROFILES
from ingest.simulation.photos import willfine_photo
from ingest.simulation.reports import willfine_report
from ingest.spool.stamp import parse_utc
from ingest.trial import run_sample
from tests.samples.willfine import IMEI, POSITION, WHEN
from tests.unit.ingest.packing.hostile import PROFILE, everywhere, profile

SHIPPED = load_catalogue([SHIPPED_PROFILES]).profiles
OWNER = "Jan Jansen"


def searched_for(text: str) -> list[bytes]:
    """Return a text as it could stand in bytes."""
    return [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


def holding(pack: SamplePack, *texts: str) -> list[tuple[str, str]]:
    """Return which files of a pack, or names of them, hold one of these texts, in any case."""
    return [
        (name, text)
        for name, content in pack.files.items()
        for text in texts
        for raw in searched_for(text.lower())
        if raw in content.lower() or raw in name.encode().lower()
    ]


def shipped(one: Profile) -> tuple[str, list[Original]]:
    """Return a profile's text, and its samples as files that cameras have sent."""
    originals = []
    for sample in find_samples(one):
        expected = read_expectation(sample) or {}
        account = expected.get("account")
        arrived = parse_utc(expected["received_at"])
        is_own = account not in (None, "camera")
        originals.append(Original(sample.file.read_bytes(), sample.upload_path, account, is_own, arrived))
    return (Path(one.folder) / FILE).read_text("utf-8"), originals


@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.id)
def test_a_pack_of_any_shipped_profile_gives_what_its_samples_give(one: Profile, tmp_path: Path) -> None:
    text, originals = shipped(one)
    pack = make_pack(one, text, originals)
    write_pack(pack, tmp_path / one.id)
    again = read_profile(tmp_path / one.id)
    outcomes = [run_sample(sample, again, Catalogue((again,))) for sample in find_samples(again)]
    assert [sentence for outcome in outcomes for sentence in outcome.wrong] == []
    assert len(outcomes) == len(pack.samples) == min(12, len(originals)) - len(pack.left_out)
    assert len(pack.left_out) <= 3


def test_nothing_of_a_camera_is_left_in_a_photo_that_says_it_everywhere() -> None:
    name, position = "NorthGate-4711", (52.098767, 5.125342)
    photo = everywhere(name, OWNER, position)
    path = f"{name}/Jan_Jansen/northgate 4711/IMG_{name}.JPG"
    pack = make_pack(profile(), PROFILE, [Original(photo, path, name, True)], {"profile": "acme"}, Random(1))
    assert pack.left_out == {}
    assert len(pack.samples) == 1
    assert holding(pack, name, "northgate 4711", OWNER, "Jan_Jansen", "52.0987", "5.1253", "52,5.926") == []
    expected = json.loads(pack.files[f"{pack.samples[0]}.json"])
    assert (expected["verdict"], expected["account"]) == ("accepted", expected["camera_id"])
    assert (round(expected["latitude"], 3), round(expected["longitude"], 3)) == (1.235, 2.346)
    assert expected["exif"]["Make"] == "ACME"
    assert "GPSAltitude" not in expected["exif"] or expected["exif"]["GPSAltitude"] in (0, "0/0")


def test_the_same_camera_stays_the_same_and_two_stay_two() -> None:
    photos = [Original(willfine_photo(imei, WHEN, *POSITION, seed=1), f"{number}.JPG") for number, imei in IMEIS]
    pack = make_pack(willfine(), text_of(willfine()), [*photos, Original(willfine_report(IMEI, WHEN), "a-dr.txt")])
    ids = {name: json.loads(pack.files[f"{name}.json"])["camera_id"] for name in pack.samples}
    assert ids["samples/1.JPG"] == ids["samples/3.JPG"] == ids["samples/a-dr.txt"] != ids["samples/2.JPG"]
    assert all(is_imei(one) and one.startswith("00") for one in ids.values())
    block = read_structure(pack.files["samples/1.JPG"]).exif or b""
    assert read_exif(block).tags["BodySerialNumber"] == ids["samples/1.JPG"]


IMEIS = [(1, IMEI), (2, "861943070068043"), (3, IMEI)]


def willfine() -> Profile:
    return next(one for one in SHIPPED if one.id == "willfine-4.0t-cg")


def text_of(one: Profile) -> str:
    return (Path(one.folder) / FILE).read_text("utf-8")


@pytest.mark.parametrize(
    "written",
    [
        "52.098767,5.125342",
        "52°05'55.6\"N 5°07'31.2\"E",
        "N52*05'55\" E005*07'31\"",
        "52.098767N 5.125342E",
        "https://maps.google.com/?q=52.098767,5.125342",
        "geo:52.098767,5.125342",
        "$GPRMC,225446,A,5205.926,N,00507.520,E,000.5,054.7,191194,020.3,E*78",
        "52,098767;5,125342",
    ],
)
def test_a_position_in_a_report_is_moved_in_whatever_form_it_is_written(written: str) -> None:
    line = f"GPS:{written}\nMap: https://www.openstreetmap.org/?mlat=52.098767&mlon=5.125342\nPhone:+31 6 12345678\n"
    report = f"IMEI:{IMEI}\nTotal:1\nSend:1\n{line}Owner:{OWNER}\nMail:jan@example.org\n".encode()
    pack = make_pack(willfine(), text_of(willfine()), [Original(report, "a-dr.txt")], chance=Random(2))
    assert pack.samples == ["samples/a-dr.txt"]
    assert holding(pack, "52.09", "5.1253", "52,09", "5205.9", "507.5", OWNER, "12345678", "jan@", "05'5", IMEI) == []


def test_a_report_that_is_json_or_in_another_encoding_is_a_sample_too() -> None:
    text = willfine_report(IMEI, WHEN).decode()
    packed = [Original(text.encode("utf-16"), "wide-dr.txt"), Original(text.encode("gbk"), "gbk-dr.txt")]
    spoken = json.dumps({"IMEI": IMEI, "Total": "5", "Send": "1", "GPS": [52.098767, 5.125342], "Owner": "Jörg M."})
    pack = make_pack(willfine(), text_of(willfine()), [*packed, Original(spoken.encode(), "r.json")])
    assert pack.samples == ["samples/gbk-dr.txt", "samples/r.json.1", "samples/wide-dr.txt"]
    assert holding(pack, IMEI, "52.0987", "5.1253", "Jörg", "J\\u00f6rg") == []


def asking(pattern: str) -> str:
    """Return a profile whose cameras have IDs of this form, in the description alone."""
    text = PROFILE.replace("ID=(?P<id>[^;]+)", f"ID=(?P<id>{pattern})").replace(
        ", \"xmp.aux:SerialNumber\" = '(?P<xmp>.+)'", ""
    )
    return text.replace(', "{xmp}", "exif.UserComment", "exif.XPComment", "comment", "path"', "")


def test_what_cannot_be_proved_is_left_out_and_said() -> None:
    strange = Original(everywhere("NorthGate-4711", OWNER, (52.1, 5.1)), "a\nb.JPG")
    good = Original(everywhere("NorthGate-4712", OWNER, (52.1, 5.1)), "c.JPG")
    pack = make_pack(profile(), PROFILE, [strange, good])
    assert pack.samples == ["samples/c.JPG"]
    assert list(pack.left_out.values()) == ["its name cannot be that of a sample"]
    assert "1 more file was left out" in pack.files["README.txt"].decode()
    with pytest.raises(CamspoolError, match="can be a sample"):
        make_pack(profile(), PROFILE, [strange])


@pytest.mark.parametrize("pattern", ["NorthGate-4711", r"NorthGate\-4711"])
def test_a_profile_that_names_a_camera_names_the_made_up_one_in_a_pack(pattern: str) -> None:
    text = asking(pattern)
    pack = make_pack(profile(text), text, [Original(everywhere("NorthGate-4711", OWNER, (52.1, 5.1)), "c.JPG")])
    assert json.loads(pack.files["samples/c.JPG.json"])["verdict"] == "accepted"
    assert holding(pack, "NorthGate") == []


def test_a_report_with_a_thousand_names_is_left_out_and_costs_the_others_nothing() -> None:
    many = "".join(f"User{number}:name-{number}\n" for number in range(1000))
    hostile = Original(f"IMEI:{IMEI}\nTotal:1\nSend:1\n{many}".encode(), "a-dr.txt")
    pack = make_pack(willfine(), text_of(willfine()), [hostile, Original(willfine_report(IMEI, WHEN), "b-dr.txt")])
    assert pack.samples == ["samples/b-dr.txt"]
    assert "names too much" in pack.left_out["a-dr.txt"]


def test_a_serial_number_in_a_makernote_that_the_profile_reads_is_made_up() -> None:
    reconyx = next(one for one in SHIPPED if one.id == "reconyx")
    text, originals = shipped(reconyx)
    pack = make_pack(reconyx, text, originals)
    expected = [json.loads(pack.files[f"{name}.json"]) for name in pack.samples]
    assert "makernote.SerialNumber" in {one.get("sources", {}).get("camera_id") for one in expected}
    real = [one.get("camera_id") for one in map(read_expectation, find_samples(reconyx)) if one]
    assert holding(pack, *(one for one in real if one and one not in ("camera",))) == []


def test_letters_that_the_profile_asks_for_stay_and_the_digits_go() -> None:
    text = asking("NG-[0-9]{4}")
    pack = make_pack(profile(text), text, [Original(everywhere("NG-4711", OWNER, (52.1, 5.1)), "c.JPG")])
    found = json.loads(pack.files["samples/c.JPG.json"])["camera_id"]
    assert found.startswith("NG-") and found != "NG-4711"
    assert holding(pack, "NG-4711") == []


def test_drawn_names_and_places_are_found_nowhere_in_a_pack(seed: int) -> None:
    chance = Random(seed)
    for _ in range(12):
        letters = "".join(chance.choice("abcdefghkmnpRSTUVWäöéß测试Ж") for _ in range(chance.randint(4, 9)))
        name = letters + chance.choice(["", " ", "-", "_"]) + str(chance.randint(1000, 10**8))
        position = (chance.uniform(10, 80), chance.uniform(10, 170))
        photo = everywhere(name, OWNER, position)
        pack = make_pack(profile(), PROFILE, [Original(photo, f"{name}/1.JPG", name, True)], chance=chance)
        assert pack.left_out == {}, name
        assert holding(pack, name, OWNER, f"{position[0]:.4f}"[:-1], f"{position[1]:.4f}"[:-1]) == [], name


def test_the_text_beside_the_samples_says_what_is_in_and_what_was_replaced() -> None:
    pack = make_pack(
        willfine(), text_of(willfine()), [Original(willfine_photo(IMEI, WHEN, *POSITION, seed=1), "1.JPG")]
    )
    words = pack.files["README.txt"].decode()
    assert words.startswith("Sample pack of Willfine 4.0T CG (willfine-4.0t-cg)")
    assert "1 file as its cameras send them" in words
    assert "confirmation.json" not in words
    assert "How to contribute" in words
