"""Who a photo is from: what names one device, else the camera's own account; what is not sure is asked."""

import pytest

from ingest.profiles.drafted_id import decide_id
from ingest.profiles.drafts import Decision, Given
from ingest.reading.facts import Facts

SHARED = "camera"
SERIAL = {"BodySerialNumber": "861943070068027"}


def decided(*given: Given, answer: str | None = None) -> Decision:
    return decide_id(given, [one.subject for one in given], "", answer)


def photo(path: str = "a.jpg", account: str | None = None, **exif: str) -> Given:
    return Given(path, Facts("image", 1, exif=exif), account, account not in (None, SHARED))


def key(decision: Decision) -> str:
    assert decision.chosen is not None
    return decision.chosen.key


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ([photo("ridge/1.jpg", "gate", **SERIAL)], "exif.BodySerialNumber"),
        ([photo("ridge/1.jpg", "gate")], "account"),
        ([photo("ridge/1.jpg")], "folder:0"),
        ([photo("ridge/1.jpg", SHARED)], "folder:0"),
    ],
)
def test_a_serial_number_is_surer_than_an_own_account_and_that_surer_than_a_folder(
    given: list[Given], chosen: str
) -> None:
    decision = decided(*given)
    assert (key(decision), decision.is_settled) == (chosen, True)


def test_an_imei_is_checked_and_another_serial_number_is_not() -> None:
    checked, plain = (decided(photo(BodySerialNumber=text)) for text in ("861943070068027", "C3221324657219"))
    assert [one.chosen.rule for one in (checked, plain) if one.chosen] == [
        'from = "exif.BodySerialNumber", check = "imei"',
        'from = "exif.BodySerialNumber"',
    ]


def test_what_is_the_same_in_the_files_of_several_cameras_is_the_id_of_none() -> None:
    files = [photo("IMG_1.jpg", account, ImageDescription="North") for account in ("gate", "ridge")]
    decision = decided(*files)
    assert key(decision) == "account"
    assert decision.chosen is not None
    assert decision.chosen.reads == ("gate", "ridge")


def test_a_shared_account_is_no_answer_and_says_what_to_do() -> None:
    decision = decided(photo("IMG_1.jpg", SHARED), answer="account")
    assert not decision.is_settled
    assert "give each camera its own" in decision.question
    assert decided(photo("IMG_1.jpg", "gate"), answer="account").is_settled


def test_a_part_that_is_the_id_and_more_is_no_choice_of_its_own() -> None:
    decision = decided(photo("016719001060737-28_4.JPG", ImageDescription="ID=UO001;12C"))
    assert [one.key for one in decision.choices] == ["exif.ImageDescription:ID", "path:imei", "account"]


def test_an_answer_that_is_no_choice_counts_for_none() -> None:
    assert decided(photo("ridge/1.jpg"), answer="../x") == decided(photo("ridge/1.jpg"))
