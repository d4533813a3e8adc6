import pytest

from ingest.upkeep.masking import POSITION, mask


@pytest.mark.parametrize(
    "text",
    [
        "INSTAR/lat52.02368_lon12.98290/A_2026-04-09_16-04-05.jpeg",
        "INSTAR%2Flat52.1_lon-5.1%2FA.jpeg",
        "accepted/lat52_lon13/2026-04-09/x",
        "{'latitude': 52.02, 'longitude': 12.98}",
        '"GPSLatitude": 52.02368',
        "GPS:52.098737,5.125504",
        "GPS:S32*56'06\" E117*09'36\"",
        "52°5'55.6\"N 5°7'31.2\"E",
        "at 52.1N 5.1E",
        "ValueError: '52.098767'",
    ],
)
def test_no_way_to_write_a_position_gets_through(text: str) -> None:
    masked = mask(text)
    assert POSITION in masked
    for digits in ("52.", "02368", "98290", "12.98", "098737", "125504", "32*", "117", "lon13", "5.1", "55.6"):
        assert digits not in masked


@pytest.mark.parametrize(
    "text",
    [
        "decided at 2026-11-26T15:46:47.120034Z, id 20251205T154647.120034Z-4f2a",
        "vsftpd 3.0.5, Python 3.11.7, 0.12 s, 1.5 GB of 20.1 GB are free",
        'File "ingest/pipeline.py", line 122, in give_verdict',
        "template 5 of late 7, flat 12 and along 5 metres",
        "0x1f::c3 is no address, nor is 15:46:47, nor 3.0.5",
    ],
)
def test_what_is_no_position_and_no_address_stays(text: str) -> None:
    assert mask(text) == text


def test_addresses_become_numbers_that_stay_the_same_in_one_text() -> None:
    text = "client=100.64.1.7 and [2001:db8::7]:990, ::ffff:192.0.2.3, 100.64.1.7:5021, 192.168.1.61_01_2026.jpg"
    masked = mask(text)
    assert masked == "client=<address 1> and [<address 2>]:990, <address 3>, <address 1>:5021, <address 4>_01_2026.jpg"


def test_addresses_of_this_machine_itself_stay() -> None:
    text = "127.0.0.1, [::1]:990, 0.0.0.0:21 and ::"
    assert mask(text) == text


def test_names_of_the_host_and_mail_addresses_go_whatever_their_case() -> None:
    masked = mask("Cams.Example.org, cams and anna@example.org; webcams stay", ("cams", "cams.example.org", ""))
    assert masked == "<name>, <name> and <mail address>; webcams stay"


def test_of_web_addresses_the_server_stays_alone() -> None:
    said = "It answers 301 and points to https://example.org/T0K3N?key=s3cr3t; if that is right, set url to it."
    assert mask(said) == "It answers 301 and points to https://example.org/<path>; if that is right, set url to it."
    assert mask("see http://127.0.0.1:8080/ or https://example.org.") == (
        "see http://127.0.0.1:8080/ or https://example.org."
    )
    assert mask("https://me:s3cr3t@hooks.example.org/T0K3N", ["hooks.example.org"]) == "https://<name>/<path>"
