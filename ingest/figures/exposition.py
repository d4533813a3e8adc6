"""Figures as the text that Prometheus scrapes, and as the file that node_exporter's textfile collector reads."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import Metric

from ingest.errors import CamspoolError, in_words
from ingest.figures.families import families
from ingest.figures.knowledge import Knowledge

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, eq=False)
class _Collector:
    known: Knowledge

    def collect(self) -> Iterator[Metric]:
        """Give the library what is known."""
        return families(self.known)


def exposition(known: Knowledge) -> str:
    """Return the figures in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(known))
    return generate_latest(registry).decode()


def write_textfile(file: Path, known: Knowledge) -> None:
    """Write the figures aside and rename them: node_exporter reads a file at any moment. Raise CamspoolError."""
    if file.suffix != ".prom":
        raise CamspoolError(f"{file} is not read by node_exporter; expected a name that ends in .prom.")
    aside = file.with_name(f".{file.name}.new")
    try:
        aside.write_text(exposition(known), "utf-8")
        aside.chmod(0o644)
        aside.replace(file)
    except OSError as error:
        raise CamspoolError(f"{file} cannot be written: {in_words(error)}.") from error
