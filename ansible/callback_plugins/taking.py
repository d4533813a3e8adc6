"""Ansible callback: prints at the end of a play how long each of its parts took, on all hosts together."""

from __future__ import annotations

import time
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: taking
    type: aggregate
    short_description: How long each part of a play took
    description:
      - One line at the end, in the order of the parts.
"""


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Adds up what lies between the beginnings of tasks, by the role that a task is of."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "taking"

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}
        self.part, self.began = "", time.monotonic()

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        """A task begins, so the one before has ended."""
        self._close()
        self.part = task.get_name().partition(" : ")[0] if " : " in task.get_name() else "the rest"

    def v2_playbook_on_handler_task_start(self, task: Any) -> None:
        """What is restarted counts for the part that asked for it."""
        self.v2_playbook_on_task_start(task, False)

    def v2_playbook_on_stats(self, stats: Any) -> None:
        """Print the line."""
        self._close()
        parts = [f"{part} {seconds:.0f} s" for part, seconds in self.seconds.items() if seconds >= 0.5]
        self._display.display(f"It took {sum(self.seconds.values()):.0f} s: {', '.join(parts) or 'hardly any'}.")

    def _close(self) -> None:
        now = time.monotonic()
        if self.part:
            self.seconds[self.part] = self.seconds.get(self.part, 0.0) + now - self.began
        self.began = now
