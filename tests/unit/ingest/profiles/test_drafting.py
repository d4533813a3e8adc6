"""A draft takes ID and time from where the files' values tell them, asks for what they do not, and always loads."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.profiles.catalogue import Catalogue
from ingest.profiles.drafting import MOST_FILES, draft, evenly
from ingest.profiles.drafts import Answers, Draft, Given
from ingest.profiles.profile import Profile
from ingest.profiles.profile_file import parse_profile
from ingest.reading.facts import read_facts
from ingest.settings.values import Limits
from ingest.simulation.photos import swift_exif, swift_name
from ingest.simulation.reports import swift_report
from ingest.spool.sidecar import Sidecar
from tests.samples.drawing import drawn
from tests.samples.judging import judge, shipped
from tests.samples.strangers import FIRST, Bundle, bare, commented, moments, original, tagged
from tests.samples.swift import IMEI, POSITION, WHEN

TODAY = date(2026, 5, 1)


def shown(files: Bundle, account: str | None = None, arrived: datetime | None = None) -> list[Given]:
    """Return files as a drafter sees them, all of one camera's own account where one is named."""
    return [
        Given(path, read_facts(content, len(content), path, Limits()), account, account is not None, arrived)
        for path, content in files
    ]


def drafted(files: Bundle, answers: Answers | None = None, **way: str | datetime | None) -> tuple[Draft, Profile]:
    made = draft("acme", shown(files, **way), TODAY, answers)  # type: ignore[arg-type]
    return made, parse_profile(made.text, Path("acme"))


def judged(files: Bundle, profile: Profile, account: str | None = None) -> list[Sidecar]:
    return [judge(content, path, catalogue=Catalogue((profile,)), account=account) for path, content in files]


def seen(files: Bundle, answers: Answers | None = None, account: str | None = None) -> Sequence[tuple[str | None, ...]]:
    """Return what the files get by their own settled draft: ID and time, all of them accepted."""
    made, profile = drafted(files, answers, account=account)
    sidecars = judged(files, profile, account)
    assert made.is_settled, made.questions
    assert [one.verdict for one in sidecars] == ["accepted"] * len(files)
    return [(one.camera_id, one.captured_at) for one in sidecars]


TIMES = [one.isoformat() for one in moments()]
DAHUA = [f"4C0123{n}PAG00A7/{one:%Y-%m-%d}/001/jpg/{one:%H/%M/%S}[M][0@0][0].jpg" for n, one in enumerate(moments())]
FOSCAM = [f"FI9800P_00626E/snap/MDAlarm_{one:%Y%m%d-%H%M%S}.jpg" for one in moments()]
REOLINK = [f"camera/{one:%Y/%m/%d}/Gate North_01_{one:%Y%m%d%H%M%S}.jpg" for one in moments()]
HIKVISION = [f"192.168.1.{n}_01_{one:%Y%m%d%H%M%S}123_MOTION_DETECTION.jpg" for n, one in enumerate(moments())]
TACTACAM = [f"016719001060737-28-4-{one:%m%d%Y%H%M%S}-SYFW0001{n}.JPG" for n, one in enumerate(moments())]
EARLY = [f"016719001060737-28-4-010{day}20260{day}1530-SYFW0001{day}.JPG" for day in (1, 2, 3)]


@pytest.mark.parametrize(
    ("paths", "ids", "times"),
    [
        (DAHUA, [path.partition("/")[0] for path in DAHUA], TIMES),
        (FOSCAM, ["FI9800P_00626E"] * 3, TIMES),
        (REOLINK, ["Gate_North"] * 3, TIMES),
        (TACTACAM, ["016719001060737"] * 3, TIMES),
        (["cam7/2026-11-21/event93/01-15-30.jpg"], ["cam7"], TIMES[:1]),
        (["868020035314870-20032026090126-4-X.JPG"], [IMEI], ["2026-03-20T09:01:26"]),
        (["20260320090126-868020035314870.JPG"], [IMEI], ["2026-03-20T09:01:26"]),
        (["gate/A_2026-03-20_09-01-26.jpeg"], ["gate"], ["2026-03-20T09:01:26"]),
        (["north/IMG_1795223730.jpg"], ["north"], ["2026-11-21T01:15:30"]),
        (["north/1795223730123.jpg"], ["north"], ["2026-11-21T01:15:30.123000"]),
        (["Höhle/202611210115.jpg"], ["Hoehle"], ["2026-11-21T01:15:00"]),
    ],
)
def test_a_camera_without_exif_is_known_by_its_path_alone(paths: list[str], ids: list[str], times: list[str]) -> None:
    found = seen(bare(paths))
    assert [one[0] for one in found] == ids
    assert [datetime.fromisoformat(str(one[1])) for one in found] == [datetime.fromisoformat(one) for one in times]


@pytest.mark.parametrize(
    ("photo", "camera_id"),
    [
        (tagged("UOVision", "UM785", original(FIRST), "ID=UO001;TEMP=12C;BAT=80%"), "UO001"),
        (tagged("X", "Y", original(FIRST), comment="CamName:RIDGE1, Temp:12C"), "RIDGE1"),
        (tagged("GoPro", "HERO5 Black", original(FIRST), serial="C3221324657219"), "C3221324657219"),
        (commented("snap.jpg", "SN=ACCC8E123456 TS=2026-11-21 01:15:30")[0][1], "ACCC8E123456"),
        (tagged("X", "Y", "2026-11-21 01:15:30", serial="S1"), "S1"),
        (tagged("X", "Y", "2026:11:21 01:15:30   :", serial="S1"), "S1"),
        (tagged("X", "Y", "21.11.2026 01:15:30", serial="S1"), "S1"),
        (tagged("X", "Y", "2026-11-21T01:15:30Z", serial="S1"), "S1"),
    ],
)
def test_what_a_photo_itself_says_wins(photo: bytes, camera_id: str) -> None:
    assert seen([("snap.jpg", photo)]) == [(camera_id, "2026-11-21T01:15:30")]


def test_a_camera_that_is_known_by_its_comment_leaves_photos_without_one_alone() -> None:
    profile = drafted(commented("snap.jpg", "SN=ACCC8E123456 TS=2026-11-21 01:15:30"))[1]
    other = judged(commented("snap.jpg", "something else"), profile)[0]
    assert other.profile is None


@pytest.mark.parametrize(
    ("names", "make", "model"),
    [
        (["RCNX0001.JPG", "RCNX0002.JPG"], "RECONYX", "HYPERFIRE 2 COVERT"),
        (["DCIM/100RECNX/RCNX0001.JPG", "DCIM/101RECNX/RCNX0001.JPG"], "RECONYX", "HYPERFIRE 2 COVERT"),
        (["06260001.JPG", "06270001.JPG"], "BUSHNELL", ""),
        (["IMG0001.JPG", "IMG0002.JPG"], "G6.1", "CUDDEBACK"),
        (["IM_00001.JPG", "IM_00002.JPG"], "Prometheus", "BTC4E22"),
        (["SYFW00175.JPG", "SYFW00176.JPG"], "SY", "4.0CG"),
        (["2026-11-21/IMG_0001.JPG", "2026-11-22/IMG_0001.JPG"], "BolyMedia", "BG-590"),
        (["bolymedia/0001.JPG", "bolymedia/0002.JPG"], "BolyMedia", "BG-590"),
    ],
)
def test_dates_counters_and_makes_are_no_id_so_the_account_is_asked_for(
    names: list[str], make: str, model: str
) -> None:
    files = [
        (name, tagged(make, model, original(moment))) for name, moment in zip(names, moments(len(names)), strict=True)
    ]
    made, profile = drafted(files)
    assert made.missing == ("camera_id",)
    assert "account of its own" in made.questions[0].question
    assert [one.reason for one in judged(files, profile, "camera")] == ["missing_camera_id"] * len(files)
    assert [one[0] for one in seen(files, account="ridge")] == ["ridge"] * len(files)


def test_an_address_in_the_name_is_offered_with_a_doubt_and_never_taken() -> None:
    made, profile = drafted(bare(HIKVISION))
    question = made.questions[0]
    assert [one.key for one in question.choices] == ["account", "before-time"]
    assert "Routers give the same addresses" in question.choices[1].doubt
    assert {one.reason for one in judged(bare(HIKVISION), profile)} == {"missing_camera_id"}
    found = seen(bare(HIKVISION), {"image.camera_id": "before-time"})
    assert found[0] == ("192.168.1.0", "2026-11-21T01:15:30.123")


def test_a_text_that_a_maker_may_have_written_is_asked_for() -> None:
    files = [
        (f"IMG_{n}.JPG", tagged("Browning", "BTC-6PX", original(moment), f"CAM{n}"))
        for n, moment in enumerate(moments())
    ]
    made, _ = drafted(files)
    assert [one.key for one in made.questions[0].choices] == ["account", "exif.ImageDescription"]
    assert [one[0] for one in seen(files, {"image.camera_id": "exif.ImageDescription"})] == ["CAM0", "CAM1", "CAM2"]


def test_of_two_folders_the_one_that_varies_is_the_cameras_and_of_two_alike_a_person_says_which() -> None:
    files = bare(f"reserve/{camera}/A_2026-03-2{n}_09-01-26.jpeg" for n, camera in enumerate(("gate", "ridge")))
    assert [one[0] for one in seen(files)] == ["gate", "ridge"]
    made, profile = drafted(files[:1])
    assert made.missing == ("camera_id",)
    assert "Which one is it?" in made.questions[0].question
    assert judged(files[:1], profile)[0].reason == "missing_camera_id"
    assert seen(files[:1], {"image.camera_id": "folder:0"})[0][0] == "reserve"


def test_where_the_day_may_be_the_month_the_draft_asks_and_takes_no_photo_before() -> None:
    made, profile = drafted(bare(EARLY))
    assert made.missing == ("captured_at",)
    assert "1 March 2026, 03:15 or 3 January 2026, 03:15" in made.questions[0].question
    assert [one.reads[1][:10] for one in made.questions[0].choices] == ["2026-02-01", "2026-01-02"]
    assert {one.reason for one in judged(bare(EARLY), profile)} == {"bad_datetime"}
    answers = {"image.captured_at": made.questions[0].choices[1].key}
    assert seen(bare(EARLY), answers)[2] == ("016719001060737", "2026-01-03T03:15:30")


def test_a_date_that_reads_alike_both_ways_is_asked_for_all_the_same() -> None:
    made, _ = drafted(bare(EARLY[:1]))
    assert "How does the camera write 1 January 2026" in made.questions[0].question


def test_a_day_over_twelve_anywhere_in_the_group_settles_the_order() -> None:
    late = "016719001060737-58-3-02202026094914-SYFW00175.JPG"
    assert seen(bare([*EARLY, late]))[2] == ("016719001060737", "2026-01-03T03:15:30")


def test_the_time_of_arrival_settles_the_order_where_it_agrees_with_one_reading_only() -> None:
    made, _ = drafted(bare(EARLY[2:]), arrived=datetime(2026, 1, 3, 4, tzinfo=UTC))
    assert made.is_settled
    assert made.decisions[1].chosen is not None
    assert made.decisions[1].chosen.reads == ("2026-01-03T03:15:30",)
    assert not drafted(bare(EARLY[2:]), arrived=datetime(2026, 5, 1, tzinfo=UTC))[0].is_settled


def test_exif_of_some_of_the_files_settles_the_order_in_the_names_of_all() -> None:
    files = [*bare(EARLY[:2]), (EARLY[2], tagged(original="2026:01:03 03:15:30"))]
    assert [one[1] for one in seen(files)] == ["2026-01-01T01:15:30", "2026-01-02T02:15:30", "2026-01-03T03:15:30"]


def test_a_time_that_was_cut_is_never_read_as_another() -> None:
    files = [("north/I.JPG", tagged("X", "Y", "2026:11:21 01:15:3"))]
    made, profile = drafted(files)
    assert made.missing == ("captured_at",)
    assert judged(files, profile)[0].reason == "bad_datetime"


def test_short_dates_are_asked_for_with_both_years() -> None:
    made, _ = drafted(bare(["north/PICT_211126_1530.jpg"]))
    assert "26 November 2021, 15:30 or 21 November 2026, 15:30" in made.questions[0].question


def test_photos_without_any_time_are_taken_only_when_a_person_says_so() -> None:
    files = bare(["gate/0001.jpg"])
    made, profile = drafted(files)
    assert made.missing == ("captured_at",)
    assert judged(files, profile)[0].verdict == "rejected"
    made, profile = drafted(files, {"image.captured_at": "none"})
    assert made.is_settled
    sidecar = judged(files, profile)[0]
    assert (sidecar.verdict, [one.code for one in sidecar.warnings]) == ("accepted", ["low_resolution", "no_datetime"])


@pytest.mark.parametrize("number", ["20269999999999", "99999999999999", "12345678901234", "2026032009012"])
def test_digits_that_are_no_time_are_not_taken_for_one(number: str) -> None:
    assert drafted(bare([f"gate/{number}.jpg"]))[0].missing == ("captured_at",)


def test_tags_win_over_the_name() -> None:
    exif = swift_exif(WHEN, *POSITION)
    exif["Exif"][0xA431] = b"B0042"
    files = [(swift_name(IMEI, WHEN, 1), drawn(exif))]
    assert seen(files) == [("B0042", WHEN.isoformat())]
    sidecar = judged(files, drafted(files)[1])[0]
    assert (sidecar.latitude, sidecar.longitude) == pytest.approx(POSITION, abs=1e-5)
    assert "location" in draft("acme", shown(files), TODAY).text


def test_a_draft_claims_no_camera_whose_name_only_begins_alike() -> None:
    exif = swift_exif(WHEN, *POSITION)
    exif["0th"][0x0110] = b"4.0PCG"
    profile = drafted([(swift_name(IMEI, WHEN, 1), drawn(exif))])[1]
    other = judged([(swift_name(IMEI, WHEN, 1), drawn(swift_exif(WHEN, *POSITION)))], profile)[0]
    assert (other.verdict, other.reason) == ("rejected", "no_matching_profile")


def test_files_of_another_make_and_files_that_are_no_photos_are_left_out_and_named() -> None:
    files = [(f"gate/{n}.jpg", tagged("X", "Y", original(moment), serial="1")) for n, moment in enumerate(moments())]
    made, _ = drafted([*files, ("odd.jpg", tagged("Other", "Z", original(FIRST))), ("clip.mp4", b"x")])
    assert made.is_settled
    assert made.left_out == ("clip.mp4", "odd.jpg")


def test_of_very_many_files_those_are_looked_at_that_are_spread_evenly() -> None:
    files = shown(bare(f"gate/IMG_{n}_20260105{n % 24:02d}0000.jpg" for n in range(200)))
    assert len(evenly(files, MOST_FILES)) == MOST_FILES
    assert draft("acme", files, TODAY).is_settled


def test_a_clock_that_runs_on_utc_is_seen_by_the_satellites_and_stands_in_the_profile() -> None:
    exif = swift_exif(FIRST, 1.0, 100.0)
    exif["GPS"] |= {0x1D: b"2026:11:21", 0x07: ((1, 1), (15, 1), (30, 1))}
    files = [(swift_name(IMEI, FIRST, 1), drawn(exif, (64, 48)))]
    assert 'zone = "UTC"' in drafted(files)[0].text
    assert judged(files, drafted(files)[1])[0].captured_at_utc == "2026-11-21T01:15:30Z"
    assert "zone" not in drafted(files, {"image.zone": "local"})[0].text


def test_a_report_is_drafted_with_every_value_that_it_knows() -> None:
    files = [("report.txt", swift_report(IMEI, WHEN))]
    sidecar = judged(files, drafted(files)[1])[0]
    assert (sidecar.verdict, sidecar.camera_id) == ("accepted", IMEI)
    assert {"battery_percent", "signal_csq", "temperature_c", "sd_free_mb", "reported_at"} <= sidecar.fields.keys()


def test_photo_and_report_of_one_camera_make_one_profile_with_its_evidence() -> None:
    profile = drafted([("a.JPG", drawn(swift_exif(WHEN, *POSITION))), ("a.txt", swift_report(IMEI, WHEN))])[1]
    assert profile.image is not None
    assert profile.report is not None
    assert "2026-05-01" in profile.evidence


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=120)
DIGITS = st.text("0123456789-_/.: T", min_size=1, max_size=40)
WORDS = st.one_of(
    st.sampled_from(
        ["2026-11-21", "20261121", "011530", "01-15-30", "01012026011530", "20261121011530123", "1795223730"]
    ),
    st.sampled_from(
        ["861943070068027", "4C01231PAG00A7", "192.168.1.61", "Gate North", "snap", "Höhle", "[M]", "0001"]
    ),
    st.sampled_from(["IMG", "n\n", "ID=7", ""]),
)
NAMES = st.lists(st.one_of(WORDS, st.sampled_from("/_- ."), TEXT), min_size=1, max_size=9).map("".join)
PATHS = st.lists(st.one_of(TEXT, DIGITS, NAMES), min_size=1, max_size=4)


@given(
    PATHS,
    TEXT,
    st.one_of(TEXT, NAMES),
    DIGITS,
    st.none() | st.just("ridge"),
    st.sampled_from(["tagged", "bare"]),
    st.integers(0, 4),
)
@example(["a\nb", "gate//a.jpg"], "x", "ID=1", "2026:11:21 01:15:30", None, "tagged", 0)
def test_whatever_photos_say_their_draft_loads_claims_them_and_keeps_its_word(
    paths: list[str], make: str, description: str, time: str, account: str | None, kind: str, first: int
) -> None:
    exif = swift_exif(WHEN, *POSITION)
    exif["0th"] |= {0x010F: make.encode(), 0x010E: description.encode()}
    exif["Exif"][0x9003] = time.encode()
    files = [(path, drawn(exif if kind == "tagged" else None, (64, 48))) for path in paths]
    made, profile = drafted(files, account=account)
    sidecars = judged(files, profile, account)
    assert [trace.because for one in sidecars for trace in one.trace if not trace.matched] == []
    if made.is_settled:
        assert {one.verdict for one in sidecars} == {"accepted"}, [one.problems for one in sidecars]
    for name, key in [(one.name, choice.key) for one in made.decisions for choice in one.choices][first::5]:
        answered, profile = drafted(files, {name: key}, account=account)
        if answered.is_settled and answered.text != made.text:
            # Whoever asks for a position of photos without one gets these rejected until their camera has a site.
            asks_for_more = (name, key) == ("image.require.location", "must")
            reasons = {one.reason for one in judged(files, profile, account)}
            assert reasons <= ({None, "missing_location"} if asks_for_more else {None}), (name, key)


@example([("a\x1b", "1"), ("IMEI", "2")])
@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5))
def test_whatever_lines_a_report_has_its_draft_loads_and_claims_it(lines: list[tuple[str, str]]) -> None:
    content = "\n".join(f"{key}: {value}" for key, value in lines).encode()
    files = [("a.txt", content)]
    if any("|" not in key and key.isprintable() for key in shown(files)[0].facts.report):
        sidecar = judged(files, drafted(files)[1])[0]
        assert [trace.because for trace in sidecar.trace if not trace.matched] == []


ANSWER_NAMES = st.sampled_from(
    [
        *(f"{part}.{name}" for part in ("image", "report") for name in ("camera_id", "captured_at", "part", "like")),
        *(f"image.known.exif.{tag}" for tag in ("Make", "Model", "Software")),
        *("image.known.path", "image.encoding", "image.zone", "image.require.location", "report.known.report.imei"),
        *(f"image.{kind}.{field}" for kind in ("own", "mark") for field in ("camera_id", "captured_at", "location")),
        *("image.own.known.path", "image.own.find", "image.own.path", "image.own.require", "report.mark.camera_id"),
    ]
)
ANSWER_TEXTS = st.one_of(
    st.sampled_from(
        ["own", "mark", "none", "ignored", "absent", "any", "form", "exactly", "must", "may", "-", "false"]
    ),
    st.sampled_from(["path|0|3|0", "exif.Make|0|2|0;path|4|9|0", "report.imei|0|15|1", "swift-enduro-4.0pcg-r"]),
    st.sampled_from(
        ['{ from = "account" }', '{ from = "path.id" }', "'(?P<id>.+)'", "{ path = '(?P<id>.)' }", '"gbk"']
    ),
    TEXT,
)


@given(st.dictionaries(ANSWER_NAMES, ANSWER_TEXTS, max_size=6))
def test_whatever_a_form_sends_the_draft_loads_and_has_a_condition(answers: dict[str, str]) -> None:
    files = [
        (swift_name(IMEI, WHEN, 1), drawn(swift_exif(WHEN, *POSITION), (64, 48))),
        ("a.txt", swift_report(IMEI, WHEN)),
    ]
    made = draft("acme", shown(files), TODAY, answers, shipped().profiles)
    profile = parse_profile(made.text, Path("acme"))
    assert all(part.conditions for part in (profile.image, profile.report) if part)
