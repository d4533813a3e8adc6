"""An admin whose gateway has two targets."""

from pathlib import Path

import pytest

from ingest.settings.targets import FolderOptions, Selection, Target, WebhookOptions
from ingest.settings.values import Settings
from tests.unit.webadmin.site import Site, make_site

TARGETS = (
    Target("nas", "folder", Selection(("accepted",)), FolderOptions(Path("/mnt/nas"))),
    Target("hook", "webhook", Selection(("rejected",)), WebhookOptions("https://example.org")),
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Its photos go to a folder, and what it rejects to a web address."""
    return make_site(tmp_path, Settings(targets=TARGETS))
