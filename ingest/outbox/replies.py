"""What an HTTP answer means for an item. Pure."""

from urllib.parse import urlsplit, urlunsplit

from ingest.outbox.answers import Answer, TargetDownError
from ingest.outbox.posting import Reply
from ingest.spool.names import one_line

LATER = frozenset({408, 425, 429})
"""4xx that say nothing against the item: too slow, too early, too many requests."""
_SHOWN = 200
_PAGES = ("text/html", "application/xhtml")
_PAGE_BEGINS = ("<!doctype html", "<html")


def meaning(item_id: str, reply: Reply) -> Answer:
    """Return what an answer means: 2xx delivered; 408, 425, 429 and 5xx later; other 4xx never.

    A page of HTML acknowledges nothing, whatever its status: a log-in page or a captive portal answers 200 as well.
    Raise TargetDownError on a redirect: nobody but the operator may say that photos go elsewhere.
    """
    if 300 <= reply.status < 400:
        where = _server(reply.headers.get("location", ""))
        raise TargetDownError(f"It answers {reply.status} and points to {where}; if that is right, set url to it.")
    if 200 <= reply.status < 300:
        if _is_page(reply):
            return Answer(item_id, "later", f"It answers {reply.status} with a page for people: {_words(reply)}")
        return Answer(item_id, "delivered", f"{reply.status} {_words(reply)}".strip(), {"status": str(reply.status)})
    said = f"It answers {reply.status}: {_words(reply)}"
    if 400 <= reply.status < 500 and reply.status not in LATER:
        return Answer(item_id, "failed", said)
    wait = reply.headers.get("retry-after")
    return Answer(item_id, "later", f"{said} It asks to wait: {one_line(wait, 40)}." if wait else said)


def _is_page(reply: Reply) -> bool:
    """Say whether an answer is HTML, by what it is called or by how it begins: some servers do not call it so."""
    called = reply.headers.get("content-type", "").strip().lower()
    return called.startswith(_PAGES) or reply.text.lstrip("\ufeff \t\r\n").lower().startswith(_PAGE_BEGINS)


def _server(location: str) -> str:
    """Name the server of an address. What follows it may be a key: a redirect often repeats the path that was asked."""
    try:
        parts = urlsplit(location)
        named = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", "")) if parts.netloc else ""
    except ValueError:
        named = ""
    return one_line(named, _SHOWN) or ("another page there" if location else "nowhere")


def _words(reply: Reply) -> str:
    return one_line(" ".join(reply.text.split()), _SHOWN)
