"""The library that vsftpd loads: built once, known by its source, and told to the launchers."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.ftps import intake
from ingest.ftps.intake import build_intake, find_intake, intake_variables
from ingest.settings.values import Ftps, Settings


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the library will lie, for this test alone."""
    name = tmp_path / "lib" / "camspool-intake.so"
    monkeypatch.setattr(intake, "_NAME", name)
    return name


def test_it_is_built_once_and_anew_when_its_source_is_another(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_intake() is None
    assert build_intake() == place == find_intake()
    first = place.resolve()
    assert build_intake() == place and place.resolve() == first
    changed = tmp_path / "intake.c"
    changed.write_bytes(intake.SOURCE.read_bytes() + b"/* later */\n")
    monkeypatch.setattr(intake, "SOURCE", changed)
    assert find_intake() is None
    build_intake()
    assert place.resolve() != first and not first.exists() and find_intake() == place


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("not C;", "cannot be built: .*error"),
        ("int missing(void); int f(void) { return missing(); }", "cannot be loaded"),
    ],
    ids=["what does not compile", "what does not load"],
)
def test_what_cannot_be_used_leaves_nothing_and_says_why(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, expected: str
) -> None:
    (tmp_path / "intake.c").write_text(source)
    monkeypatch.setattr(intake, "SOURCE", tmp_path / "intake.c")
    with pytest.raises(CamspoolError, match=expected):
        build_intake()
    assert find_intake() is None and list(place.parent.iterdir()) == []


def test_without_a_compiler_the_sentence_says_what_to_install(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CamspoolError, match="Install gcc and libc6-dev"):
        build_intake()
    assert not place.exists()


def test_the_launchers_hear_of_it_and_of_what_it_has_to_know(place: Path) -> None:
    ftps = Ftps(lenient_accounts=("north", "river 2"), write_through=False, old_tls=True)
    settings = Settings(ftps=ftps)
    without = {
        "CAMSPOOL_INTAKE": "",
        "CAMSPOOL_LENIENT": ":north:river 2:",
        "CAMSPOOL_FLUSH": "0",
        "CAMSPOOL_OLD_TLS": "1",
    }
    assert intake_variables(settings) == without
    build_intake()
    variables = intake_variables(replace(settings, ftps=Ftps()))
    assert variables["CAMSPOOL_INTAKE"] == str(place)
    assert (variables["CAMSPOOL_FLUSH"], variables["CAMSPOOL_OLD_TLS"]) == ("1", "")
