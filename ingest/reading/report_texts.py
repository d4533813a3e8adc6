"""The text of each report of a file that holds several, so that it can stand alone: an item of its own. Pure."""

import json
from collections.abc import Callable, Iterator, Mapping

from ingest.reading.report_blocks import Blocks, Span, values_at
from ingest.reading.report_lines import Pairs

MOST_EARLIER = 500
_MOST_BYTES = 4 * 1024 * 1024
"""What all texts of one file have at most: its opening comes again in each of them."""

Read = Callable[[bytes], Mapping[str, str] | None]
"""Returns the values of a text that is one report, None for any other."""


def earlier_texts(read: Pairs, blocks: Blocks, read_again: Read) -> tuple[bytes | None, ...]:
    """Return the texts of the reports before the last one of a file, the oldest first; None for one that cannot stand
    alone, and for what is more than can be many.

    Each is what the file says, and is read again to see that it says the same alone. Where that is not so, as in a list
    deep inside JSON, its values are written as JSON.
    """
    texts: list[bytes | None] = []
    left = _MOST_BYTES
    for number, span in enumerate(reversed(blocks.spans)):
        texts.append(_text(read, span, read_again) if number < MOST_EARLIER and left > 0 else None)
        left -= len(texts[-1] or b"") or _MOST_BYTES // MOST_EARLIER
    return tuple(reversed(texts))


def _text(read: Pairs, span: Span, read_again: Read) -> bytes | None:
    values = values_at(read.pairs, span)
    return next((text for text in _forms(read, span, values) if read_again(text) == values), None)


def _forms(read: Pairs, span: Span, values: Mapping[str, str]) -> Iterator[bytes]:
    places = (*read.stands_in[: span.head], *read.stands_in[span.begin : span.end])
    pieces = "".join(read.pieces.texts[place] for place in sorted(set(places)) if place >= 0)
    text = f"{read.pieces.opening}{pieces}{read.pieces.closing}"
    if len(text) <= _MOST_BYTES // 4:
        yield text.encode("utf-8", "replace")
    yield json.dumps(values, indent=1, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
