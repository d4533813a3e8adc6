"""Ends a connection when its time is over, whatever waits on it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer


@contextmanager
def time_limit(sock: socket.socket, limit_s: float) -> Iterator[Event]:
    """Cut a connection `limit_s` after now, while the block lasts; what is yielded is set when that has happened.

    A time-out of the socket alone begins anew with each byte of a slow answer. The cut is made through a second
    descriptor of the connection, as TLS takes the first one away from `sock`.
    """
    lever, is_over = sock.dup(), Event()

    def cut() -> None:
        is_over.set()
        with suppress(OSError):
            lever.shutdown(socket.SHUT_RDWR)

    timer = Timer(limit_s, cut)
    timer.start()
    try:
        yield is_over
    finally:
        timer.cancel()
        timer.join()
        lever.close()
