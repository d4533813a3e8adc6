"""The difference between two versions of a profile, as lines."""

from webadmin.profiles.changes import MOST_LINES, Line, changes

BEFORE = "\n".join(f"line {number}" for number in range(20))


def test_what_came_and_went_stands_between_a_little_of_what_stayed() -> None:
    lines = changes(BEFORE, BEFORE.replace("line 7", "other"))
    assert [one.text for one in lines] == ["line 5", "line 6", "line 7", "other", "line 8", "line 9"]
    assert [one.sign for one in lines] == [" ", " ", "-", "+", " ", " "]


def test_what_is_left_out_between_two_changes_is_marked() -> None:
    lines = changes(BEFORE, BEFORE.replace("line 2\n", "a\n").replace("line 17", "b"))
    assert lines.count(Line("…", "")) == 1


def test_a_first_version_comes_whole_and_one_that_was_taken_away_goes_whole() -> None:
    assert changes(None, "a\nb\n") == [Line("+", "a"), Line("+", "b")]
    assert changes("a\n", None) == [Line("-", "a")]
    assert changes("a\n", "a\n") == []


def test_a_long_difference_is_cut_and_says_so() -> None:
    lines = changes("", "\n".join(map(str, range(2000))))
    assert len(lines) == MOST_LINES + 1 and lines[-1].text == "1600 more lines"
