"""Figures are text that Prometheus' own parser reads, and a file that is never half."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from ingest.errors import CamspoolError
from ingest.figures.exposition import exposition, write_textfile
from ingest.figures.knowledge import CameraFigures, Knowledge

HOSTILE = Knowledge('1 "2"\\\n', cameras=[CameraFigures("a.b-c", "active", 9, 1.5)])


def test_whatever_stands_in_a_label_is_read_back_as_it_was() -> None:
    found = {one.name: one for one in text_string_to_metric_families(exposition(HOSTILE))}
    assert found["camspool_info"].samples[0].labels == {"version": HOSTILE.version}
    assert found["camspool_camera_battery_percent"].samples[0].value == 9
    assert found["camspool_verdicts"].type == "counter" and found["camspool_queue_items"].samples == []


def test_a_file_is_replaced_whole_and_can_be_read_by_others(tmp_path: Path) -> None:
    file = tmp_path / "camspool.prom"
    for _ in range(2):
        write_textfile(file, HOSTILE)
    assert file.read_text() == exposition(HOSTILE) and file.stat().st_mode & 0o777 == 0o644
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["camspool.txt", "missing/camspool.prom"])
def test_a_file_that_cannot_be_is_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(CamspoolError, match=r"is not read by|cannot be written"):
        write_textfile(tmp_path / name, HOSTILE)
