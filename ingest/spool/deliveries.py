"""What targets have answered: `outbox/<target>/done/<day>.jsonl`, one line for each delivery, in the file of the day on
which the item arrived; and `outbox/<target>/failed/<id>.json` for what a target refuses for good.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.spool.durable import flush_folder, replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.outbox import has_mark, mark_again, target_folder, try_at_once
from ingest.spool.sidecar import Sidecar
from ingest.spool.stamp import id_time, is_id

DONE, FAILED = "done", "failed"


@dataclass(frozen=True)
class Delivery:
    """One answer of a target about one item. `at` is UTC text, `said` a sentence, `proof` what shows that it is there.

    `outcome` is `delivered`, `failed` (the target refuses it for good) or `gone` (it had been deleted here).
    `key` tells a later state of the same item (another verdict, a correction) from this one.
    """

    id: str
    key: str
    sha256: str | None
    at: str
    outcome: str
    said: str
    proof: Mapping[str, str] = field(default_factory=dict)


_KEYS = frozenset(entry.name for entry in fields(Delivery))


def note_done(root: Path, target: str, deliveries: Iterable[Delivery]) -> None:
    """Put answers on the disk, after those that are there. Raise OSError: then some may be there, and a line torn."""
    by_file: dict[Path, list[Delivery]] = {}
    for delivery in deliveries:
        by_file.setdefault(done_file(root, target, _day(delivery.id)), []).append(delivery)
    for file, lines in by_file.items():
        _append(file, "".join(json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in lines).encode())


def _append(file: Path, text: bytes) -> None:
    """Append to a file, on a line of its own also where a power cut or a full disk has torn the last one."""
    is_new = not file.exists()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab+") as lines:
        end = lines.seek(0, os.SEEK_END)
        if end:
            lines.seek(end - 1)
            text = text if lines.read(1) == b"\n" else b"\n" + text
        lines.write(text)
        lines.flush()
        os.fsync(lines.fileno())
    if is_new:
        flush_folder(file.parent)


def done_file(root: Path, target: str, day: str) -> Path:
    """Return the file that has the answers about the items which arrived on `day`, such as 2026-04-09."""
    return target_folder(root, target) / DONE / f"{day}.jsonl"


def _day(item_id: str) -> str:
    return id_time(item_id).strftime("%Y-%m-%d")


def done_on(root: Path, target: str, day: str) -> Iterator[Delivery]:
    """Yield the answers about the items that arrived on a day, in the order in which they were given.

    A line that is torn counts as never written: its item has kept its mark.
    """
    try:
        lines = done_file(root, target, day).read_bytes().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return
    for line in lines:
        with suppress(ValueError, TypeError):
            yield _delivery(parse_json(line))


def proved_ids(root: Path, target: str, day: str, items: Iterable[tuple[Sidecar, str]]) -> set[str]:
    """Return the ids of those items (each a sidecar and a place, all of one day) that an archive has as they are now.

    Its last answer about the item must be one with a proof, for the same content and the same sidecar, byte for byte;
    and there must be no mark, which says that somebody wants it sent once more.
    """
    last = {delivery.id: delivery for delivery in done_on(root, target, day)}
    return {
        sidecar.id
        for sidecar, place in items
        if (delivery := last.get(sidecar.id))
        and _is_proof(delivery, sidecar, root / f"{place}.json")
        and not has_mark(root, target, sidecar.id)
    }


def _is_proof(delivery: Delivery, sidecar: Sidecar, file: Path) -> bool:
    if delivery.outcome != "delivered" or not isinstance(delivery.proof, dict) or not delivery.proof.get("hash"):
        return False
    if sidecar.sha256 is None or delivery.sha256 != sidecar.sha256:
        return False
    try:
        return delivery.proof.get("sidecar_sha256") == sha256(file.read_bytes()).hexdigest()
    except OSError:
        return False


def _delivery(content: Mapping[str, Any]) -> Delivery:
    """Return the delivery that a line tells of; what a newer release says more is passed over."""
    return Delivery(**{key: content[key] for key in content if key in _KEYS})


def last_done(root: Path, target: str, item_id: str) -> Delivery | None:
    """Return the last answer of a target about an item; None when there is none."""
    wanted = f'"{item_id}"'.encode()
    with suppress(FileNotFoundError, NotADirectoryError):
        content = done_file(root, target, _day(item_id)).read_bytes()
        for line in reversed([line for line in content.splitlines() if wanted in line]):
            with suppress(ValueError, TypeError):
                delivery = _delivery(parse_json(line))
                if delivery.id == item_id:
                    return delivery
    return None


def done_days(root: Path, target: str) -> list[str]:
    """Return the days about whose items a target has answered, the oldest first."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(file.stem for file in (target_folder(root, target) / DONE).glob("*.jsonl"))
    return []


def note_failed(root: Path, target: str, delivery: Delivery) -> None:
    """Set an item aside that the target refuses for good, with its answer. Raise OSError."""
    folder = target_folder(root, target) / FAILED
    folder.mkdir(parents=True, exist_ok=True)
    replace_file(folder / f"{delivery.id}.json", json.dumps(asdict(delivery), ensure_ascii=False).encode())


def forget_failed(root: Path, target: str, item_ids: Iterable[str]) -> None:
    """Forget what was set aside: it has gone after all, or is to be tried once more and has its mark again."""
    for item_id in item_ids:
        (target_folder(root, target) / FAILED / f"{item_id}.json").unlink(missing_ok=True)


def failed_ids(root: Path, target: str) -> list[str]:
    """Return the ids of what a target has refused for good, the oldest first."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(target_folder(root, target) / FAILED) as entries:
        names = (entry.name.removesuffix(".json") for entry in entries if entry.name.endswith(".json"))
        return sorted(name for name in names if is_id(name))
    return []


def read_failed(root: Path, target: str, item_id: str) -> Delivery | None:
    """Return why a target has refused an item; None when it has not, or it cannot be read."""
    try:
        content: Any = parse_json((target_folder(root, target) / FAILED / f"{item_id}.json").read_bytes())
        return _delivery(content)
    except (OSError, ValueError, TypeError):
        return None


def send_again(root: Path, target: str, item_ids: Iterable[str]) -> None:
    """Let items go to a target once more, also those that it has refused, and have it tried at once. Raise OSError."""
    ids = [item_id for item_id in item_ids if is_id(item_id)]
    mark_again(root, ((target, item_id) for item_id in ids))
    forget_failed(root, target, ids)
    try_at_once(root, target)
