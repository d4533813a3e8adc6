"""What people have said to the audit: of what does not add up, who knows what has become of it, and what."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.requests.asking import OnWait, have_done
from ingest.spool.json_text import parse_json
from ingest.upkeep.finding import Explanation, Finding


def explain(root: Path, findings: Sequence[Finding], by: str, because: str, on_wait: OnWait = lambda _: None) -> None:
    """Write down, for good, that somebody knows what has become of these. Raise CamspoolError when that fails."""
    have_done(root, "explain", by, on_wait, because=because, findings=[asdict(finding) for finding in findings])


def explanations_in(root: Path) -> dict[Finding, Explanation]:
    """Return what was explained. It holds for a finding as it was: should more be missing, that is a new one."""
    found: dict[Finding, Explanation] = {}
    for file in (root / "requests" / "done").glob("*.json"):
        with suppress(OSError, ValueError, LookupError, TypeError):
            content = file.read_bytes()
            if b'"explain"' in content:
                found.update(_explanations(parse_json(content)))
    return found


def _explanations(answer: dict[str, Any]) -> dict[Finding, Explanation]:
    if answer["action"] != "explain" or answer["results"][0]["outcome"] != "explained":
        return {}
    told = (str(answer["by"]), str(answer["done_at"]), str(answer["because"]))
    findings = [Finding(**finding) for finding in answer["findings"]]
    return {finding: Explanation(finding, *told) for finding in findings}
