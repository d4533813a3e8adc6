"""The check page: what whoever stands at the tree is told, without a log-in."""

import re
from datetime import UTC, datetime, timedelta

from ingest.connections.store import log_path
from ingest.spool.stamp import new_id
from tests.unit.webadmin.cameras.examples import report
from tests.unit.webadmin.site import CAMERA, Site, accepted, photo, rejected
from webadmin.cameras.check_links import card_token


def _check_page(site: Site) -> str:
    with site.app.app_context():
        return f"/check/{card_token(CAMERA, None)}"


def _lines(site: Site) -> dict[str, tuple[str, str]]:
    """Return what the page says, by what it is about: the state and the words."""
    shown = site.visitor().get(_check_page(site)).text
    found = re.findall(r'<li class="(\w+)"><b>([^<]+)</b>([^<]*)</li>', shown)
    return {what: (state, words) for state, what, words in found}


def test_the_check_page_tells_a_rejected_photo_and_a_test(site: Site) -> None:
    site.put(rejected(), photo())
    visitor = site.visitor()
    shown = visitor.get(_check_page(site)).text
    assert re.search(r"Photo rejected \d+ min ago: The photo has no position\.", shown)
    site.put(rejected(timedelta(seconds=20), reason="connection_test", upload_path="Test-Snapshot.jpeg"), b"")
    answer = visitor.get(_check_page(site))
    assert re.search(r"The Test button was pressed \d+ \w+ ago: its connection works\. Now take a photo\.", answer.text)
    assert len(answer.data) < 5000


def test_a_test_that_names_no_camera_is_good_news_for_each(site: Site) -> None:
    site.put(rejected(timedelta(seconds=30), reason="connection_test", camera_id=None, upload_path="FTPTest.txt"), b"")
    state, words = _lines(site)["Test"]
    assert state == "good"
    assert re.fullmatch(r"A Test button was pressed \d+ \w+ ago and its connection works; .* on which camera\.", words)
    assert _lines(site)["Contact"][0] == "bad"


def test_a_nameless_test_is_forgotten_after_an_hour_and_after_the_next_photo(site: Site) -> None:
    site.put(rejected(timedelta(hours=2), reason="connection_test", camera_id=None, upload_path="test.jpg"), b"")
    assert "Test" not in _lines(site)
    site.put(rejected(timedelta(minutes=9), reason="connection_test", camera_id=None, upload_path="test.jpg"), b"")
    assert "Test" in _lines(site)
    site.put(accepted(timedelta(minutes=2)), photo())
    assert "Test" not in _lines(site)


def test_an_admins_upload_is_no_news_at_the_tree(site: Site) -> None:
    site.put(accepted(timedelta(minutes=2), source="upload"), photo())
    assert "Nothing has arrived from this camera yet." in site.visitor().get(_check_page(site)).text
    site.put(rejected(timedelta(minutes=9), upload_path="b.jpg"), photo(2))
    assert re.search(r"Photo rejected \d+ min ago", site.visitor().get(_check_page(site)).text)


def test_a_photo_that_got_through_is_good_with_its_position_and_clock(site: Site) -> None:
    site.put(accepted(), photo())
    lines = _lines(site)
    assert re.fullmatch(r"Photo received \d+ min ago\.", lines["Photo"][1])
    assert lines["GPS"] == ("good", "52.09877, 5.12534")
    assert lines["Clock"] == ("good", "right")


def test_a_report_tells_its_figures_and_the_last_photo_beside_it(site: Site) -> None:
    site.put(accepted(timedelta(days=3)), photo())
    site.put(report(timedelta(minutes=5), battery_percent=12, signal_csq=8, sd_used_percent=91.2))
    lines = _lines(site)
    assert re.fullmatch(r"Report received \d+ min ago\.", lines["Report"][1])
    assert lines["Last photo"] == ("none", "3 days ago")
    assert lines["Battery"] == ("bad", "12 %")
    assert lines["Signal"] == ("bad", "poor (8 of 31)")
    assert lines["SD card"] == ("bad", "91 % used")


def test_volts_and_dbm_are_told_where_a_camera_has_no_other_figures(site: Site) -> None:
    site.put(report(timedelta(minutes=5), battery_volts=11.8, signal_dbm=-101))
    lines = _lines(site)
    assert lines["Battery"] == ("none", "11.8 V")
    assert lines["Signal"] == ("bad", "poor (-101 dBm)")


def test_a_photo_without_a_fix_says_to_wait_for_one(site: Site) -> None:
    site.put(accepted(timedelta(days=1)), photo())
    site.put(rejected(upload_path="b.jpg"), photo(2))
    assert _lines(site)["GPS"] == ("bad", "no position in the last photo: wait for a fix under the open sky")


def test_a_copy_of_a_photo_that_is_here_is_good_news(site: Site) -> None:
    site.put(accepted(timedelta(minutes=30)), photo())
    site.put(rejected(timedelta(minutes=10), reason="duplicate", upload_path="b.jpg"), photo())
    state, words = _lines(site)["Photo"]
    assert state == "good"
    assert re.fullmatch(r"Photo sent once more \d+ min ago; it is here already\.", words)


def test_a_photo_of_hours_ago_is_no_proof_that_the_camera_sends_now(site: Site) -> None:
    site.put(accepted(timedelta(hours=5)), photo())
    assert _lines(site)["Photo"] == ("attention", "Photo received 5 h ago.")


def test_the_link_of_another_gateway_is_nothing(site: Site) -> None:
    answer = site.visitor().get(f"/check/{CAMERA}~abc")
    assert answer.status_code == 404
    assert CAMERA not in answer.text


def test_the_check_page_calls_a_photo_that_came_twice_good(site: Site) -> None:
    site.put(accepted(timedelta(minutes=9)), photo())
    site.put(rejected(timedelta(minutes=2), reason="duplicate"), photo())
    with site.app.app_context():
        shown = site.visitor().get(f"/check/{card_token(CAMERA, None)}").text
    assert re.search('<li class="good"><b>Photo</b>Photo sent once more .* ago; it is here already.</li>', shown)


def test_the_check_page_does_not_show_an_old_position_as_good(site: Site) -> None:
    site.put(accepted(timedelta(minutes=9)), photo())
    site.put(rejected(timedelta(minutes=2)), photo(2))
    with site.app.app_context():
        shown = site.visitor().get(f"/check/{card_token(CAMERA, None)}").text
    assert '<li class="bad"><b>GPS</b>no position in the last photo' in shown
    assert "52.09877" not in shown


def test_what_was_refused_after_the_last_photo_is_told_at_the_tree(site: Site) -> None:
    came = site.put(accepted(timedelta(minutes=30)), photo())
    front = f"{datetime.now(UTC):%a %b %d %H:%M:%S %Y} [pid 7502] "
    log = [
        f'FTP command: Client "{came.client}", "USER {came.account}"',
        f'[{came.account}] OK LOGIN: Client "{came.client}"',
        f'[{came.account}] FTP command: Client "{came.client}", "CWD DCIM"',
        f'[{came.account}] FTP response: Client "{came.client}", "550 Failed to change directory."',
    ]
    at = datetime.now(UTC) - timedelta(seconds=90)
    log_path(site.root, new_id(at)).write_text("".join(f"{front}{line}\n" for line in log))
    state, words = _lines(site)["Connection"]
    assert state == "bad"
    assert "There is no folder “DCIM” here. Leave the camera&#39;s folder setting empty" in words
