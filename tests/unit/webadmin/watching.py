"""A watcher in a thread, for tests whose page must know how its request ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from tests.unit.webadmin.site import Site


@contextmanager
def answering(site: Site) -> Iterator[None]:
    """Carry out requests as they come, until the end."""
    over = Event()

    def watch() -> None:
        while not over.wait(0.02):
            site.watch()

    thread = Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
