"""One file on its way through the gateway: who sent it, under which name, and how often it has been tried."""

from dataclasses import dataclass
from datetime import datetime

from ingest.spool.names import readable_path
from ingest.spool.sidecar import Beginning, Correction
from ingest.spool.stamp import id_time
from ingest.vocabulary import Source, Transfer


@dataclass(frozen=True)
class Item:
    """A file the gateway has taken and not decided about yet. `connection` is None for files that came another way.

    `transfer` is `cut` where the beginning is all that came, `withdrawn` where its connection deleted it afterwards.
    `beginnings` are earlier tries of it that an earlier verdict has taken in, `corrections` what people noted then.
    `part_of` is the item of the file in which this report stood, `earlier_reports` are those that an earlier verdict
    found in this file.
    """

    id: str
    upload_path: bytes
    source: Source
    connection: str | None = None
    account: str | None = None
    client: str | None = None
    attempts: int = 1
    transfer: Transfer = "whole"
    beginnings: tuple[Beginning, ...] = ()
    corrections: tuple[Correction, ...] = ()
    part_of: str | None = None
    earlier_reports: tuple[str, ...] = ()

    @property
    def received_at(self) -> datetime:
        """When we took it (UTC): the time inside its id."""
        return id_time(self.id)

    @property
    def path(self) -> str:
        """The upload path as text: what patterns match and people read."""
        return readable_path(self.upload_path)
