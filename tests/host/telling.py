"""What an operator sees in each case, for the table at the end of a run."""

import re
from dataclasses import dataclass, field

from tests.host.playbook import Run


@dataclass
class Telling:
    """The cases so far, each with the words that the play ended with and how long they took to come."""

    cases: list[tuple[str, str]] = field(default_factory=list)

    def add(self, case: str, run: Run) -> None:
        """Keep what a play ended with."""
        self.cases.append((case, f"{'red' if run.status else 'green'} after {run.seconds:.0f} s: {last_words(run)}"))


def last_words(run: Run) -> str:
    """Return the sentences of what failed; of a play that succeeded, what it says of the way in."""
    if failed := re.search(r"Action failed: (.*?) Origin:", run.flat):
        return re.sub(r"""['"], ['"]""", " ", failed[1].strip("[]")).strip("'\"")
    told = re.search(r'"((?:Cameras get in|The host looked at itself)[^"]*)"', run.flat)
    return told[1] if told else ""
