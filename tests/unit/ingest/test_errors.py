"""What an error says has to stand in a sentence, whatever kind of error it is."""

import errno
import sqlite3
from pathlib import Path

import pytest

from ingest.errors import CamspoolError, in_words


def test_an_error_of_the_system_names_its_file_and_no_number(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "missing").read_bytes()
    assert in_words(caught.value) == f"No such file or directory ({tmp_path}/missing)"


def test_an_error_of_the_system_without_a_file_is_its_words_alone() -> None:
    assert in_words(OSError(errno.ENOSPC, "No space left on device")) == "No space left on device"


@pytest.mark.parametrize(
    "error", [OSError("cut short"), ValueError("cut short"), sqlite3.OperationalError("cut short")]
)
def test_any_other_error_says_what_it_was_given(error: Exception) -> None:
    assert in_words(error) == "cut short"


def test_what_a_person_can_mend_is_said_as_it_stands() -> None:
    assert in_words(CamspoolError("The file x is missing.")) == "The file x is missing."
