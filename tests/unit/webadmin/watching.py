"""A watcher in a thread, for tests whose page must know how its request ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from ingest.requests import answers
from tests.unit.webadmin.site import Site


@contextmanager
def answering(site: Site) -> Iterator[None]:
    """Carry out requests as they come, until the end; pages wait for as long as a busy machine needs."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.02):
            site.watch()

    thread = Thread(target=watch)
    thread.start()
    before, answers.PATIENCE_S = answers.PATIENCE_S, 60.0
    try:
        yield
    finally:
        answers.PATIENCE_S = before
        over.set()
        thread.join()
