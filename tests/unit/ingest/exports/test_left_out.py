"""What is left out, as report.md tells it."""

from ingest.exports.left_out import CODES, LeftOut, report_text


def test_each_reason_has_its_table_with_cameras_counts_and_examples() -> None:
    given = [
        LeftOut("no_time", "elm", 3, "b"),
        LeftOut("no_position", "oak", 2, "a"),
        LeftOut("no_position", "oak", 1, "c"),
    ]
    said = report_text(given, "# Head\n")
    assert said.index("# Head") < said.index("where the camera stood") < said.index("no time that can be read")
    assert "| `oak` | 3 | `a`, `c` |" in said and "| `elm` | 3 | `b` |" in said


def test_nothing_left_out_is_said_as_well() -> None:
    assert report_text([], "# Head\n") == "# Head\n\nNothing was left out.\n"


def test_every_reason_says_what_to_do() -> None:
    for code in CODES:
        said = report_text([LeftOut(code, "oak")], "")
        assert said.count(".\n") >= 2


def test_what_strangers_wrote_is_one_cell_of_a_table_and_means_nothing_there() -> None:
    said = report_text([LeftOut("no_time", "oak", 1, "a|b`c\n# d <script>")], "")
    (line,) = (line for line in said.splitlines() if line.startswith("| `oak`"))
    assert line.count("|") - line.count("\\|") == 4 and "`a\\|b'c" in line
