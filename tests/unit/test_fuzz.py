"""What once made a reader fail, and the inputs that the fuzzer sets out from: no reader fails on them (tests/fuzz)."""

from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS, seeds

REGRESSIONS = Path(__file__).parents[1] / "fuzz" / "regressions"
FOUND = sorted(file for file in REGRESSIONS.glob("*/*") if file.is_file())


@pytest.mark.parametrize("file", FOUND, ids=lambda file: f"{file.parent.name}/{file.name[:14]}")
def test_what_once_made_a_reader_fail_does_so_no_more(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_has_good_inputs_to_set_out_from(target: str) -> None:
    found = seeds(target)
    assert found
    for content in found:
        TARGETS[target](content)
