"""What may name a camera: serial numbers and names do, dates, counters, makes and words of all cameras never."""

import pytest

from ingest.profiles.id_marks import Kind, Trust, is_counter, trust_in


@pytest.mark.parametrize(
    ("value", "kind", "trust"),
    [
        ("861943070068027", "part", Trust.SURE),
        ("861943070068028", "part", Trust.LIKELY),
        ("4C01231PAG00A7", "folder", Trust.SURE),
        ("ACCC8E123456", "part", Trust.SURE),
        ("FI9800P_00626E", "folder", Trust.LIKELY),
        ("Gate North", "folder", Trust.LIKELY),
        ("Höhle", "folder", Trust.LIKELY),
        ("cam7", "folder", Trust.LIKELY),
        ("WBC398", "part", Trust.LIKELY),
        ("192.168.1.61", "part", Trust.POOR),
        ("CAM1", "text", Trust.POOR),
        ("77", "tag", Trust.SURE),
        *((word, "folder", Trust.NEVER) for word in ("snap", "DCIM", "100RECNX", "jpg", "camera", "001", "Reolink")),
        *((word, "folder", Trust.NEVER) for word in ("2026", "11", "2026-11-21", "20261121", "21-11-26", "01h", "x")),
        *((word, "folder", Trust.NEVER) for word in ("event93", "ch01", "2026-11-21 night", "IMG20261121011530")),
        *((word, "part", Trust.NEVER) for word in ("IMG", "RCNX", "IM", "MDAlarm", "MotionDetected", "30[M]", "0001")),
        *((word, "tag", Trust.NEVER) for word in ("", "0000", "../x", "SPYPOINT")),
    ],
)
def test_each_kind_of_text_has_its_trust(value: str, kind: Kind, trust: Trust) -> None:
    assert trust_in([value], kind) == trust


def test_the_make_and_the_model_of_the_files_are_never_an_id() -> None:
    assert trust_in(["BTC-6PX"], "folder", {"Oakfine", "BTC 6PX"}) == Trust.NEVER
    assert trust_in(["oakfine"], "text", {"Oakfine", "BTC 6PX"}) == Trust.NEVER


def test_what_counts_in_names_or_is_another_in_each_file_names_no_camera() -> None:
    assert trust_in(["WBC398", "WBC399"], "part") == Trust.NEVER
    assert trust_in(["North", "South"], "part") == Trust.LIKELY
    assert trust_in(["3F2504E04F89", "9A0C11D35B27", "77AA01C9E0F4"], "part") == Trust.POOR
    assert trust_in(["3F2504E04F89", "9A0C11D35B27", "77AA01C9E0F4"], "folder") == Trust.SURE


def test_one_file_without_it_is_enough_to_be_none() -> None:
    assert trust_in(["861943070068027", ""], "part") == Trust.NEVER
    assert trust_in([], "part") == Trust.NEVER


def test_counters_are_letters_and_a_number_or_a_number() -> None:
    assert [is_counter(text) for text in ("SYFW00175", "0001", "4C01231PAG00A7", "North")] == [True, True, False, False]
