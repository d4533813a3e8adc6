"""What a line of a report may be read as is a choice, which is shown for every report."""

from ingest.profiles.drafts import Answers
from ingest.profiles.report_figures import decide_figures
from ingest.profiles.sources import Subject

REPORTS = [
    Subject("report", "a.txt", report={"battery": "60% (11.8V)", "sd": "59405M/59628M", "gps": "52.1,5.1"}),
    Subject("report", "b.txt", report={"battery": "?"}),
]


def rules(answers: Answers) -> dict[str, str]:
    made = decide_figures(REPORTS, REPORTS[0].report, answers)
    return {one.field: one.chosen.rule for one in made if one.chosen}


def test_values_are_found_by_the_names_and_texts_of_lines_and_may_be_left_out() -> None:
    assert rules({})["battery_percent"] == 'from = "report.battery", as = "percent"'
    assert {"battery_volts", "sd_free_mb", "sd_total_mb", "sd_used_percent", "location"} <= rules({}).keys()
    assert rules({"report.battery_percent": "none"})["battery_percent"] == ""
    assert rules({"report.battery_percent": "nonsense"}) == rules({})


def test_every_choice_shows_what_it_reads_in_every_report() -> None:
    made = {one.field: one.choices[0].reads for one in decide_figures(REPORTS, REPORTS[0].report, {})}
    assert (made["battery_volts"], made["location"]) == (("11.8", ""), ("52.1, 5.1", ""))
