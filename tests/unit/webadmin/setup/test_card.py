"""How a camera logs in, and which advice stands on its card."""

import pytest

from ingest.profiles.catalogue import load_catalogue
from ingest.settings.values import SHIPPED_PROFILES
from ingest.spool.camera_accounts import CameraAccount, write_camera_accounts
from ingest.spool.camera_records import write_camera_record
from tests.unit.webadmin.site import Site
from webadmin.setup.card import LogIn, advice_for, log_in_of


def test_a_camera_logs_in_by_its_own_account_its_folder_or_as_all_do(site: Site) -> None:
    write_camera_accounts(site.root, {"gate": CameraAccount("gate", "Gate", "2026-01-01")})
    write_camera_record(site.root, "Creek", {"folder": True})
    with site.app.app_context():
        assert log_in_of("Gate") == LogIn("gate", is_own=True)
        assert log_in_of("Creek") == LogIn("camera", "/Creek")
        assert log_in_of("861943070068027") == log_in_of("the one by the oak") == LogIn("camera")


def test_a_closed_account_is_not_put_on_a_card(site: Site) -> None:
    write_camera_accounts(site.root, {"gate": CameraAccount("gate", "Gate", "2026-01-01", closed_at="2026-02-01")})
    with site.app.app_context():
        assert log_in_of("Gate") == LogIn("camera")


@pytest.mark.parametrize(
    ("make", "profiles"),
    [
        ("Willfine", ["willfine-4.0t-cg"]),
        ("BUSHNELL", ["bushnell"]),
        ("Amcrest IP8M-2496", ["dahua-amcrest"]),
        ("Reolink RLC-810A camera", ["reolink"]),
        ("Tactacam Reveal", ["tactacam-reveal"]),
        ("INSTAR (IP camera)", ["instar"]),
        ("", []),
        ("Kodak", []),
        ("IP camera", []),
    ],
)
def test_advice_is_that_of_the_make(make: str, profiles: list[str]) -> None:
    catalogue = load_catalogue([SHIPPED_PROFILES])
    assert [one.id for one in advice_for(make, catalogue.profiles)] == profiles
