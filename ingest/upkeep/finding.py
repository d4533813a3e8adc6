"""What the audit finds wrong, as a value and as a sentence, and what a person has said about it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Transfers of one name in one connection whose outcomes do not add up."""

    connection: str
    path: str
    acknowledged: int
    outcomes: int
    wrong_bytes: int | None = None
    """The size of what was found, where it is the size of none of the transfers."""

    @property
    def sentence(self) -> str:
        """Say what is wrong, for the person who must look."""
        told = f"{self.acknowledged} acknowledged, {self.outcomes} found."
        if self.outcomes < self.acknowledged:
            what = "has no outcome"
        elif self.outcomes > self.acknowledged:
            what = "has more outcomes than transfers"
        else:
            what, told = "is not whole", f"what is here has {self.wrong_bytes} bytes, which were not acknowledged so."
        return f"{self.path} of connection {self.connection} {what}: {told}"


@dataclass(frozen=True)
class Explanation:
    """Why a finding is no riddle any more: who says so, since when (UTC text), and what has become of the file."""

    finding: Finding
    by: str
    at: str
    because: str

    @property
    def sentence(self) -> str:
        """Say what was found, and who explained it."""
        return f"{self.finding.sentence} Explained by {self.by} on {self.at[:10]}: {self.because}"
