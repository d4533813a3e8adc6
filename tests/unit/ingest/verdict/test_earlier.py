"""The reports before the last one of a file get the verdicts that they would get alone, or stay in it and say so."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ingest.reading.facts import Facts, read_facts
from ingest.reading.report_texts import MOST_EARLIER
from ingest.settings.values import Limits
from ingest.simulation.photos import simulated_imei
from ingest.simulation.reports import willfine_report
from ingest.spool.item import Item
from ingest.spool.moves import EarlierReport
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import earlier_id
from ingest.verdict.decision import by_transfer
from ingest.verdict.earlier import judge_earlier
from tests.samples.judging import ITEM_ID, judge
from tests.samples.willfine import IMEI, WHEN

ITEM = Item(ITEM_ID, b"D/list-dr.txt", "ftps", None, "north", "100.64.1.7")


def said(imei: str = IMEI, day: int = 0) -> bytes:
    return willfine_report(imei, WHEN + timedelta(days=day))


def both(content: bytes, item: Item = ITEM) -> tuple[Sidecar, tuple[EarlierReport, ...]]:
    """Return the verdict on a file, and those on its earlier reports."""

    def decided(one: Item, facts: Facts) -> Sidecar:
        text = content if one is item else contents[facts.sha256 or ""]
        sidecar = judge(text, one.path, account=one.account)
        assert sidecar.sha256 == facts.sha256
        return replace(sidecar, id=one.id, transfer=None if one.transfer == "whole" else one.transfer)

    facts = read_facts(content, len(content), item.path, Limits(report_bytes=len(content)))
    texts = [text for text in facts.earlier if text is not None]
    contents = {read_facts(text, len(text), item.path, Limits()).sha256 or "": text for text in texts}
    return judge_earlier(by_transfer(decided(item, facts)), item, facts, decided)


def test_each_is_judged_as_if_it_had_come_alone_and_nothing_is_left_to_warn_of() -> None:
    whole, earlier = both(said(simulated_imei(7)) + said(IMEI, 0) + said(IMEI, 1))
    assert (whole.warnings, whole.camera_id) == ((), IMEI)
    assert [one.id for one in earlier] == [earlier_id(ITEM_ID, 2), earlier_id(ITEM_ID, 1)]
    assert [one.content for one in earlier] == [said(simulated_imei(7)), said()]
    assert [one.sidecar.camera_id for one in earlier] == [simulated_imei(7), IMEI]
    assert all((one.sidecar.part_of, one.sidecar.account) == (ITEM_ID, "north") for one in earlier)


def test_a_file_with_one_report_is_only_that() -> None:
    whole, earlier = both(said())
    assert (whole.warnings, earlier) == ((), ())


def test_a_part_has_no_parts() -> None:
    assert both(said() + said(day=1), replace(ITEM, part_of=ITEM_ID))[1] == ()


def test_what_its_camera_deleted_again_gives_nothing_until_a_person_takes_it() -> None:
    whole, earlier = both(said() + said(day=1), replace(ITEM, transfer="withdrawn"))
    assert (whole.reason, earlier) == ("withdrawn", ())


@pytest.mark.parametrize("count", [1, 30])
def test_what_is_too_much_is_counted(count: int) -> None:
    rows = "".join(f"{simulated_imei(number)},5,9\n" for number in range(MOST_EARLIER + count + 1))
    whole, earlier = both(f"IMEI,CSQ,Total\n{rows}".encode())
    assert len(earlier) == MOST_EARLIER
    (warning,) = (one for one in whole.warnings if one.code == "several_reports")
    assert f"has {MOST_EARLIER + count + 1} reports" in warning.message
    assert f"{MOST_EARLIER} before it are items of their own, and {count} " in warning.message


def test_reports_of_an_unknown_type_stay_in_the_file_as_long_as_nobody_knows_it_either() -> None:
    unknown = b"serial,battery\nA,60%\nB,50%\n"
    whole, earlier = both(unknown)
    assert (whole.reason, earlier) == ("no_matching_profile", ())
    assert [one.code for one in whole.warnings] == ["several_reports"]
    strange = b"IMEI:serial\nCSQ:1\n"
    whole, earlier = both(strange + said())
    assert (whole.verdict, [one.sidecar.reason for one in earlier]) == ("accepted", ["no_matching_profile"])
    whole, earlier = both(said() + strange)
    assert (whole.reason, [one.sidecar.verdict for one in earlier]) == ("no_matching_profile", ["accepted"])
