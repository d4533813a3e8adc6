"""axe-core, the accessibility checker: fetched once from npm, pinned by its hash, run inside pages."""

import base64
import hashlib
import subprocess
import tarfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VERSION = "4.10.3"
SHA512 = "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg=="
FOLDER = Path(__file__).resolve().parents[2] / "var" / "axe"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@lru_cache(maxsize=1)
def axe_script() -> str:
    """Return the text of axe.min.js. Raise ValueError when the package is not the one that is pinned."""
    archive = FOLDER / f"axe-core-{VERSION}.tgz"
    if not archive.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", f"axe-core@{VERSION}"], cwd=FOLDER, check=True, timeout=120)
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != SHA512:
        archive.unlink()
        raise ValueError(f"axe-core {VERSION} has the hash {digest}; expected {SHA512}")
    with tarfile.open(archive) as package:
        script = package.extractfile("package/axe.min.js")
        if script is None:
            raise ValueError("axe-core has no axe.min.js")
        return script.read().decode()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong on a page: rule, help, and the first places."""
    begin(page)
    return outcome(page)


def begin(page: Page) -> None:
    """Let axe begin to look through a page and return at once; `outcome` waits for its end."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
        # What the bar at the foot of the window hides just now, scrolling shows: how large it is, is its own size.
        page.evaluate("document.querySelectorAll('.sticky-actions').forEach(bar => { bar.style.position = 'static' })")
    page.evaluate(
        """rules => {
            const options = {runOnly: rules, resultTypes: ['violations']};
            const begun = new Promise(begin => setTimeout(begin));
            window.axeOutcome = begun.then(() => axe.run(document, options)).then(result => result.violations);
        }""",
        RULES,
    )


def outcome(page: Page) -> list[str]:
    """Return what axe has found since `begin`."""
    found: list[dict[str, Any]] = page.evaluate("window.axeOutcome")
    return [f"{one['id']}: {one['help']}: {[_place(node) for node in one['nodes'][:3]]}" for one in found]


def _place(node: dict[str, Any]) -> str:
    return f"{node['target']} {node.get('failureSummary', '')[:200]}"
