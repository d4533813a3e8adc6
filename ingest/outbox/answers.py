"""What passes between the outbox and a kind of target: a job with its parcels, and the answer about each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ingest.settings.targets import Options, Target
from ingest.spool.letters import Letter
from ingest.spool.outbox import target_folder
from ingest.spool.sidecar import Sidecar


@dataclass(frozen=True)
class Parcel:
    """One item on its way to a target: its id, its place relative to the root, and its sidecar, which lies beside it.

    `inode` and `written_ns` are those of the sidecar: another one has come when they are others afterwards.
    """

    id: str
    place: str
    sidecar: Sidecar
    inode: int
    written_ns: int = 0

    @property
    def key(self) -> str:
        """Name this state of the item, the same each time it is sent: what a receiver tells repetitions by.

        It is the item's id; after another verdict or a correction a number follows.
        """
        changes = self.sidecar.attempts - 1 + len(self.sidecar.corrections)
        return f"{self.id}.{changes}" if changes else self.id

    @property
    def sha256(self) -> str | None:
        """The SHA-256 of its bytes, as the verdict noted it."""
        return self.sidecar.sha256


Goods = Parcel | Letter
"""What a courier carries: items, and letters."""


@dataclass(frozen=True)
class Answer:
    """What became of one parcel or letter. `said` is a sentence; `proof` what shows that it is there.

    `later` means that this item could not go and is tried again; `failed` that the target refuses it for good.
    """

    id: str
    outcome: Literal["delivered", "later", "failed"]
    said: str
    proof: Mapping[str, str] = field(default_factory=dict)


class TargetDownError(Exception):
    """The target itself cannot be reached or used now, whatever the item: all of them wait. Its text is a sentence."""


@dataclass(frozen=True)
class Job:
    """For whom parcels are carried: the spool root, the gateway's name, the target, and whether to stop soon."""

    root: Path
    gateway: str
    target: Target
    is_stopping: Callable[[], bool] = lambda: False

    @property
    def folder(self) -> Path:
        """The target's own folder in the outbox."""
        return target_folder(self.root, self.target.name)

    @property
    def work_folder(self) -> Path:
        """A folder of the target's own for working files; `ls` does not show it. It exists when this returns."""
        folder = self.folder / ".work"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def options(self) -> Options:
        """The settings of the target's kind."""
        return self.target.options


Tell = Callable[[Sequence[Answer]], None]
"""Takes answers as soon as they are known; what it was told is on the disk when it returns, and survives a kill."""

Deliver = Callable[[Job, Sequence[Parcel], Tell], None]
"""Carries parcels to a target, the oldest first, and tells each answer. Raise TargetDownError to let the rest wait.

Where no answer is told, all count as `later`; where some are, the others are due again at once. It ends within
minutes, whatever the target does, and soon after `job.is_stopping()`.
"""

DeliverLetters = Callable[[Job, Sequence[Letter], Tell], None]
"""Carries letters to a target, in the manner of `Deliver`."""

TryOut = Callable[[Job], str]
"""Says in a sentence that the target can be reached and used; sends no item. Raise TargetDownError when it cannot."""
