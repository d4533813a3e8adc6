"""Sends a package as it is made: a zip of any size, of which nothing is kept."""

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from ingest.exports.building import into
from ingest.exports.package import Order
from ingest.exports.sinks import ZipSink
from ingest.exports.survey import Survey
from ingest.settings.values import Settings
from webadmin.exports.journeys import Teller
from webadmin.outlet import Outlet


def stream_package(settings: Settings, found: Survey, order: Order, cache: Path, teller: Teller) -> Generator[bytes]:
    """Yield the bytes of a package, and tell how far it is. A browser that goes away breaks it off.

    What stands at the end of a zip is written only where everything before it was sent.
    """
    outlet = Outlet()
    sink, is_whole = ZipSink(outlet, cache), False
    try:
        with closing(into(settings, found, order, sink)) as steps:
            for progress in steps:
                teller.tell(progress)
                yield from outlet.take()
        sink.close()
        yield from outlet.take()
        is_whole = True
    finally:
        sink.close()
        teller.end("whole" if is_whole else "broken off")
