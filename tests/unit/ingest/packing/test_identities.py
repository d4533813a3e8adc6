"""What in a file tells whose it is."""

from ingest.packing.identities import identities, is_telling_name, texts_of
from ingest.profiles.samples import ARRIVAL
from ingest.reading.facts import Facts, read_facts
from ingest.settings.values import Limits
from ingest.trial import judge_as_sample
from tests.unit.ingest.packing.hostile import everywhere, profile


def told_by(content: bytes, path: str, account: str | None = None) -> set[str]:
    """Return what a file tells."""
    facts = read_facts(content, len(content), path, Limits())
    return identities(facts, path, judge_as_sample(facts, path, account, ARRIVAL, profile()), account)


def test_ids_owners_and_accounts_are_told_by_a_photo() -> None:
    told = told_by(everywhere("NorthGate-4711", "Jan Jansen", (52.1, 5.1)), "a.JPG", "gate-account")
    assert {"NorthGate-4711", "Jan Jansen", "gate-account"} <= told
    assert "ACME" not in told and "X1" not in told


def test_lines_of_a_report_tell_by_their_names_and_by_their_form() -> None:
    report = b"IMEI:861943070068027\nCamID:Ridge7\nNote:mail jan@example.org or +31 6 12345678\nTotal:159\nOwner:none\n"
    told = told_by(report + b"Place:52.098767,5.125342\nICCID:89314404000123456789\nWifi:a4:da:22:00:11:22\n", "a.txt")
    assert told >= {"861943070068027", "Ridge7", "jan@example.org", "+31 6 12345678", "89314404000123456789"}
    assert "a4:da:22:00:11:22" in told
    assert not told & {"159", "none", "52.098767,5.125342"}


def test_short_and_empty_ids_tell_of_nobody() -> None:
    assert told_by(b"IMEI:861943070068027\nCamID:N2\nSN:0000000\nUser:----\n", "a.txt") == {"861943070068027"}


def test_an_imei_in_a_path_is_told_and_a_date_is_not() -> None:
    told = told_by(b"Total:1\nIMEI:x\n", "861943070068027/20260430154607.txt")
    assert told == {"861943070068027"}


def test_an_id_that_is_made_of_a_position_is_a_position() -> None:
    assert told_by(b"IMEI:lat52.02368_lon12.98290\n", "a.txt") == set()


def test_names_tell_as_words_and_not_as_parts_of_words() -> None:
    assert all(map(is_telling_name, ("SerialNumber", "Cam ID", "e-mail", "XPAuthor", "dc:creator")))
    assert not any(map(is_telling_name, ("Battery", "GPS", "Width", "Video")))


def test_all_that_was_read_is_searched() -> None:
    facts = Facts("image", 1, exif={"A": ["x", 1]}, xmp={"b": "y"}, comment=b"z", report={"c": "w"})
    assert list(texts_of(facts)) == ["x 1", "y", "w", "z"]
