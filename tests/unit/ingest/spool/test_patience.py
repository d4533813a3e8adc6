import errno
from pathlib import Path

import pytest

from ingest.spool.patience import Patience, apart


def test_an_empty_file_counts_as_arriving_for_its_first_seconds(tmp_path: Path) -> None:
    patience = Patience()
    assert [is_over(patience, tmp_path / "a.jpg", now) for now in (100.0, 104.9, 105.0)] == [False, False, True]


def test_nobody_waits_for_an_empty_file_that_is_taken_or_has_vanished(tmp_path: Path) -> None:
    patience = Patience()
    is_over(patience, tmp_path / "taken.jpg", 100.0)
    assert patience.seen
    is_over(patience, tmp_path / "taken.jpg", 105.0)
    assert not patience.seen
    is_over(patience, tmp_path / "vanishes.jpg", 106.0)
    patience.begin_scan()
    assert not patience.seen


def is_over(patience: Patience, file: Path, now: float) -> bool:
    """Ask in a scan that meets only this file."""
    patience.begin_scan()
    return patience.is_over(str(file), now)


def test_what_goes_wrong_with_one_folder_is_said_and_goes_no_further() -> None:
    patience = Patience()
    for error in (KeyError("x"), RecursionError("too deep"), OSError(errno.EIO, "Input/output error", "/a")):
        with apart(Path("/srv/uploads/a"), patience.set_aside):
            raise error
    assert list(patience.out_of_reach) == [
        "/srv/uploads/a is set aside, what is in it waits: KeyError: 'x'",
        "/srv/uploads/a is set aside, what is in it waits: RecursionError: too deep",
        "/srv/uploads/a is set aside, what is in it waits: Input/output error (/a)",
    ]
    assert all("Traceback" in more for more in patience.out_of_reach.values())
    assert patience.arriving == 3


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE, errno.EROFS])
def test_what_is_wrong_with_the_machine_is_no_folders_fault(number: int) -> None:
    with pytest.raises(OSError), apart(Path("a"), Patience().set_aside):
        raise OSError(number, "x")


def test_a_path_of_any_length_is_named_by_its_beginning_and_its_end() -> None:
    patience = Patience()
    patience.give_up("/srv/" + "x" * 9000 + "/a.jpg", OSError(errno.EPERM, "Operation not permitted"))
    (sentence,) = patience.out_of_reach
    assert len(sentence) < 420 and sentence.startswith("/srv/xxx") and "xxx/a.jpg cannot be taken" in sentence
