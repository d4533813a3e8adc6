"""The reports that stand before the last one of a file: the verdict on each, as an item of its own. Pure."""

from collections.abc import Callable, Iterator

from ingest.reading.facts import Facts, read_facts
from ingest.settings.values import Limits
from ingest.spool.item import Item
from ingest.spool.moves import EarlierReport
from ingest.spool.sidecar import Sidecar, Warn, changed
from ingest.spool.stamp import earlier_id

Judge = Callable[[Item, Facts], Sidecar]
"""Decides about one item."""


def judge_earlier(whole: Sidecar, item: Item, facts: Facts, judge: Judge) -> tuple[Sidecar, tuple[EarlierReport, ...]]:
    """Return the verdict on a file with what it says of its earlier reports, and those that are to be items.

    There are none of a file that its camera deleted or that only tests a connection. As long as no profile knows the
    file, those that no profile knows either stay in it: it is one thing to mend, and tried again it gives them all.
    """
    if not facts.earlier or item.part_of or whole.reason in ("withdrawn", "connection_test"):
        return whole, ()
    reports = tuple(_judged(whole, item, facts, judge))
    return changed(whole, warnings=tuple(_warnings(whole, len(facts.earlier), len(reports)))), reports


def _judged(whole: Sidecar, item: Item, facts: Facts, judge: Judge) -> Iterator[EarlierReport]:
    for before_last, content in zip(range(len(facts.earlier), 0, -1), facts.earlier, strict=True):
        if content is None:
            continue
        part = Item(
            id=earlier_id(item.id, before_last),
            upload_path=item.upload_path,
            source=item.source,
            connection=item.connection,
            account=item.account,
            client=item.client,
            part_of=item.id,
        )
        limits = Limits(report_bytes=max(len(content), 1))
        sidecar = judge(part, read_facts(content, len(content), item.path, limits))
        if sidecar.profile or whole.profile:
            yield EarlierReport(part.id, content, changed(sidecar, part_of=item.id, trace=()))


def _warnings(whole: Sidecar, before: int, items: int) -> Iterator[Warn]:
    """Leave the warning out where nothing is left to warn of, and say how much is where something is."""
    for warning in whole.warnings:
        if warning.code != "several_reports" or not items:
            yield warning
        elif items < before:
            sentence = (
                f"The file has {before + 1} reports: this one is its last, {items} before it are items of their own,"
                f" and {before - items} cannot be read without the others, or are too many."
            )
            yield Warn("several_reports", sentence)
