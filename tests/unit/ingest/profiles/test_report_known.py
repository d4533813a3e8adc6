"""Lines by which reports are known are choices; few of them are asked for at first."""

from ingest.profiles.drafts import Answers
from ingest.profiles.other_choices import Origin
from ingest.profiles.report_known import decide_known_report, known_by_lines
from ingest.profiles.sources import Subject

VALUES = {"imei": "861943070068027", "model": "HC-900", "battery": "60%", "total": "159", "camid": ""}
REPORTS = [Subject("report", f"north/{name}.txt", "ridge", report=VALUES) for name in "ab"]


def match(answers: Answers | None = None, **own: object) -> dict[str, str]:
    origins = [Origin("own", "so", {f"known.report.{key}": rule for key, rule in own.items()})]
    return dict(decide_known_report(REPORTS, "imei", VALUES, None, answers or {}, origins).match)


def test_the_id_and_a_telling_line_are_asked_for_and_each_may_be_more_or_less() -> None:
    assert match() == {"report.imei": "", "report.model": ""}
    answers = {"report.known.report.model": "exactly", "report.known.report.total": "there"}
    assert match(answers) == {"report.imei": "", "report.model": r"^HC-900$", "report.total": ""}
    answers = {"report.known.report.model": "ignored", "report.known.path": "begins:north/"}
    assert match(answers) == {"report.imei": "", "path": "^north/"}
    assert match(battery="%")["report.battery"] == "%"


def test_without_any_line_the_form_of_the_path_is_asked_for_and_a_person_too() -> None:
    answers = {f"report.known.report.{key}": "ignored" for key in ("imei", "model")}
    made = decide_known_report(REPORTS, "imei", VALUES, None, answers, [])
    assert list(made.match) == ["path"]
    assert [one.field for one in made.decisions if one.question] == ["known.path"]


def test_without_a_rare_line_a_counter_tells() -> None:
    assert known_by_lines("imei", {"imei": "1", "battery": "1", "total": "2"}) == ["report.imei", "report.total"]
    assert known_by_lines(None, {"signal": "1", "battery": "2", "x": "3"}) == ["report.signal", "report.battery"]
