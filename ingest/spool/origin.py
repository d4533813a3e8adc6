"""The origin file beside an item in incoming/: what its name cannot say, because it is too long or came another way."""

import json
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import unquote_to_bytes

from ingest.spool.item import Item
from ingest.spool.json_text import parse_json
from ingest.spool.names import LOCAL, IncomingName, quote_path
from ingest.spool.sidecar import Beginning, Correction, Sidecar
from ingest.vocabulary import MAY_LACK_REST, Source, Transfer


@dataclass(frozen=True)
class Origin:
    """Where an item came from. `left` is the place it had before it was requeued, `beginnings` what its verdict there
    had taken in, `corrections` what people noted there and `earlier_reports` those that were found in it; `transfer`
    tells how its transfer ended, where that is not simply `whole`; `part_of` in which item's file a report stood."""

    upload_path: bytes
    source: Source
    connection: str | None = None
    account: str | None = None
    client: str | None = None
    attempts: int = 1
    left: str | None = None
    transfer: Transfer = "whole"
    beginnings: tuple[Beginning, ...] = ()
    corrections: tuple[Correction, ...] = ()
    part_of: str | None = None
    earlier_reports: tuple[str, ...] = ()


_OMIT_WHEN_EMPTY = ("corrections", "part_of", "earlier_reports")
"""What a former release does not know: it reads the origin of everything that has none of it."""


def origin_text(origin: Origin) -> bytes:
    """Return the content of an origin file."""
    beginnings = [vars(one) for one in origin.beginnings]
    content = {**vars(origin), "upload_path": quote_path(origin.upload_path), "beginnings": beginnings}
    content["corrections"] = [vars(one) for one in origin.corrections]
    return json.dumps({key: value for key, value in content.items() if value or key not in _OMIT_WHEN_EMPTY}).encode()


def parse_origin(text: bytes) -> Origin:
    """Read an origin file. Raise ValueError when it is not a complete one."""
    content: Any = parse_json(text)
    try:
        beginnings = tuple(Beginning(**one) for one in content.get("beginnings", ()))
        corrections = tuple(Correction(**one) for one in content.get("corrections", ()))
        path = unquote_to_bytes(content["upload_path"])
        told = {**content, "upload_path": path, "beginnings": beginnings, "corrections": corrections}
        told["earlier_reports"] = tuple(content.get("earlier_reports", ()))
        origin = Origin(**told)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"incomplete origin file: {error!r}") from error
    if origin.source not in get_args(Source):
        raise ValueError(f"unknown source {origin.source!r} in origin file")
    if origin.transfer not in get_args(Transfer):
        raise ValueError(f"unknown transfer {origin.transfer!r} in origin file")
    words = (origin.connection, origin.account, origin.client, origin.left, origin.part_of)
    if not origin.upload_path or not all(word is None or isinstance(word, str) for word in words):
        raise ValueError("an origin file with values of the wrong kind")
    return origin


def origin_of(sidecar: Sidecar, place: str) -> Origin:
    """Return the origin that a decided item has when it goes back to incoming/."""
    return Origin(
        upload_path=_exact_path(sidecar),
        source=sidecar.source,
        connection=sidecar.connection,
        account=sidecar.account,
        client=sidecar.client,
        attempts=sidecar.attempts + 1,
        left=place,
        transfer=sidecar.transfer if sidecar.transfer and sidecar.transfer in MAY_LACK_REST else "whole",
        beginnings=sidecar.beginnings,
        corrections=sidecar.corrections,
        part_of=sidecar.part_of,
        earlier_reports=sidecar.earlier_reports,
    )


def _exact_path(sidecar: Sidecar) -> bytes:
    quoted = sidecar.upload_path_quoted
    return unquote_to_bytes(quoted) if quoted else sidecar.upload_path.encode()


def origin_of_earlier(whole: Sidecar) -> Origin:
    """Return the origin of a report that stood before the last one of a file: it came as the file did."""
    return Origin(
        upload_path=_exact_path(whole),
        source=whole.source,
        connection=whole.connection,
        account=whole.account,
        client=whole.client,
        part_of=whole.id,
    )


def item_from(name: IncomingName, origin: Origin | None, account: str | None, client: str | None) -> Item:
    """Join what is known of an item; the origin file wins over its connection's log (`account`, `client`).

    An item whose origin file was lost is still an item: its path is then unknown, not its photo.
    """
    if origin is not None:
        return Item(
            id=name.id,
            upload_path=origin.upload_path,
            source=origin.source,
            connection=origin.connection,
            account=origin.account or account,
            client=origin.client or client,
            attempts=origin.attempts,
            transfer=origin.transfer,
            beginnings=origin.beginnings,
            corrections=origin.corrections,
            part_of=origin.part_of,
            earlier_reports=origin.earlier_reports,
        )
    local = name.connection == LOCAL
    return Item(
        id=name.id,
        upload_path=name.upload_path if name.upload_path is not None else b"unknown",
        source="local" if local else "ftps",
        connection=name.connection,
        account=account,
        client=client,
    )
