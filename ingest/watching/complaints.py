"""What the watcher has to complain of: each trouble is said once for as long as it lasts, and shown meanwhile."""

import logging
import sqlite3
import traceback
from collections.abc import Callable, Mapping

from ingest.errors import in_words

log = logging.getLogger("camspool")

SHOWN_MAX = 20


class Complaints:
    """State that lives with the watcher: what fails at the moment, and what is out of reach, by the step it met."""

    def __init__(self) -> None:
        self._troubles: dict[str, str] = {}
        self._out_of_reach: dict[str, Mapping[str, str]] = {}

    @property
    def trouble(self) -> str | None:
        """What fails at the moment, in words; None when all goes well."""
        return next(iter(self._troubles.values()), None)

    @property
    def out_of_reach(self) -> list[str]:
        """Sentences on files and folders that cannot be taken, without their full stops; not more than fit a page."""
        return sorted({sentence for told in self._out_of_reach.values() for sentence in told})[:SHOWN_MAX]

    def attempt(self, name: str, step: Callable[[], None]) -> bool:
        """Do a step; when it fails, say so, and return False: it is due again a little later.

        Whatever it meets, verdicts on what was taken already go on: ending here would only meet it again.
        """
        try:
            step()
        except (OSError, sqlite3.OperationalError) as error:
            sentence = in_words(error) if isinstance(error, OSError) else f"the index: {error}"
            if sentence != self._troubles.get(name):
                log.error("The disk or the machine fails: %s. Nothing is lost; trying again.", sentence)
        except Exception as error:
            sentence = f"something nobody foresaw: {type(error).__name__}: {error}"
            if sentence != self._troubles.get(name):
                log.error("The watcher met %s. Nothing is lost; trying again.\n%s", sentence, traceback.format_exc())
        else:
            self._troubles.pop(name, None)
            return True
        self._troubles[name] = sentence
        return False

    def name_out_of_reach(self, name: str, told: Mapping[str, str], *, is_all: bool = True) -> None:
        """Name what a step could not take, once for as long as it lies there; with what the journal needs to know.

        What an earlier step named stands until one has looked at all.
        """
        before = self._out_of_reach.get(name, {})
        for sentence in sorted(told.keys() - before.keys()):
            log.error("%s.%s", sentence, f"\n{told[sentence]}" if told[sentence] else "")
        self._out_of_reach[name] = dict(told) if is_all else {**before, **told}
