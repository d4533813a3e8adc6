from pathlib import Path

from ingest.upkeep.error_log import FILE, KEPT_MAX, note_error, read_errors


def test_the_last_errors_are_kept_oldest_first(root: Path) -> None:
    for number in range(KEPT_MAX + 3):
        note_error(root, "status", f"Traceback …\nKeyError: {number}\n")
    kept = read_errors(root)
    assert [error.traceback.split()[-1] for error in kept] == [str(number) for number in range(3, KEPT_MAX + 3)]
    assert {error.command for error in kept} == {"status"}
    assert [file.name for file in (root / "cache").iterdir()] == [FILE.name]


def test_what_cannot_be_read_is_passed_over_and_goes_with_the_next_error(root: Path) -> None:
    note_error(root, "audit", "first")
    with (root / FILE).open("ab") as file:
        file.write(b'\xff not JSON\n{"at": "now"}\n')
    assert [error.traceback for error in read_errors(root)] == ["first"]
    note_error(root, "audit", "second")
    assert [error.traceback for error in read_errors(root)] == ["first", "second"]
    assert len((root / FILE).read_text().splitlines()) == 2


def test_a_spool_without_a_cache_keeps_nothing_and_raises_nothing(tmp_path: Path) -> None:
    note_error(tmp_path, "status", "lost")
    assert read_errors(tmp_path) == []
