"""Which of the items that wait are due, and how many go at a time. Pure: whoever asks brings the marks and the time."""

from collections.abc import Iterable, Sequence

from ingest.outbox.pauses import item_pause_s


class Lots:
    """State that lives: how often items could not go, until when they rest, and which of them may harm others.

    Times are seconds of a clock that never jumps.
    """

    def __init__(self, parcels_max: int) -> None:
        self.parcels_max = parcels_max
        self._at_a_time = parcels_max
        self._tries: dict[str, int] = {}
        self._not_before: dict[str, float] = {}
        self._suspects: set[str] = set()

    @property
    def has_tried(self) -> bool:
        """Whether some item could not go and waits."""
        return bool(self._tries)

    def due(self, marked: Sequence[str], now_s: float) -> list[str]:
        """Return the next lot of the items that wait, the oldest first. A suspect goes alone, when no other is due."""
        if len(self._not_before) > len(marked):
            self.forget(self._not_before.keys() - frozenset(marked))
        due = [one for one in marked if self._not_before.get(one, 0.0) <= now_s]
        others = [one for one in due if one not in self._suspects] if self._suspects else due
        return others[: self._at_a_time] or due[:1]

    def put_off(self, item_id: str, now_s: float) -> int:
        """Let an item rest, longer each time; return how often it has been tried."""
        tries = self._tries[item_id] = self._tries.get(item_id, 0) + 1
        self._not_before[item_id] = now_s + item_pause_s(tries)
        return tries

    def look_again(self, item_id: str, now_s: float) -> None:
        """Let an item rest that was not tried."""
        self._not_before[item_id] = now_s + item_pause_s(1)

    def suspect(self, item_id: str) -> None:
        """Let an item go alone from now on, because sending it has failed in a way that may be its own fault."""
        self._suspects.add(item_id)

    def narrow(self, failed: int) -> None:
        """Take fewer at a time: so many have failed together."""
        self._at_a_time = max(1, failed // 2)

    def widen(self) -> None:
        """Take more at a time again."""
        self._at_a_time = min(2 * self._at_a_time, self.parcels_max)

    def all_now(self) -> None:
        """Let every item be due."""
        self._not_before.clear()

    def forget(self, item_ids: Iterable[str]) -> None:
        """Forget items that wait no more."""
        for item_id in list(item_ids):
            self._tries.pop(item_id, None)
            self._not_before.pop(item_id, None)
            self._suspects.discard(item_id)
