"""A pack of what is in the spool."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.index.store import open_index
from ingest.packing.sample_pack import SamplePack
from ingest.packing.spool_pack import confirmation_of, pack_from_spool
from ingest.profiles.catalogue import load_catalogue, mark_of
from ingest.profiles.profile import Profile
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.simulation.photos import willfine_photo
from ingest.spool.saved_profiles import Confirmation, write_confirmation
from ingest.spool.stamp import new_id
from tests.samples.willfine import IMEI, POSITION, WHEN
from tests.spools import make_spool, put_listed_item

WILLFINE = next(one for one in load_catalogue([SHIPPED_PROFILES]).profiles if one.id == "willfine-4.0t-cg")


def packed(root: Path, profile: Profile = WILLFINE) -> SamplePack:
    with closing(open_index(root)) as index:
        return pack_from_spool(Settings(root=root), index, profile)


def test_photos_of_the_spool_become_samples_under_the_paths_by_which_they_came(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    put_listed_item(
        root, willfine_photo(IMEI, WHEN, *POSITION, seed=1), camera_id=IMEI, profile=WILLFINE.id, upload_path="E1.JPG"
    )
    pack = packed(root)
    assert pack.samples == ["samples/E1.JPG"]
    assert json.loads(pack.files["samples/E1.JPG.json"])["verdict"] == "accepted"
    assert "confirmation.json" not in pack.files


def test_what_has_gone_or_is_a_link_is_passed_over(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    content = willfine_photo(IMEI, WHEN, *POSITION, seed=1)
    gone, link = (put_listed_item(root, content, camera_id=f"C{n}", profile=WILLFINE.id)[1] for n in (1, 2))
    (root / gone).unlink()
    (root / link).unlink()
    (root / link).symlink_to("/etc/passwd")
    with pytest.raises(CamspoolError, match="nothing to make samples of"):
        packed(root)


def test_a_pack_says_that_its_profile_was_confirmed_but_not_by_whom(tmp_path: Path) -> None:
    root = make_spool(tmp_path)
    put_listed_item(root, willfine_photo(IMEI, WHEN, *POSITION, seed=1), camera_id=IMEI, profile=WILLFINE.id)
    told = Confirmation(new_id(), "anna", "2026-11-27T09:00:00.000000Z", new_id(), mark_of(WILLFINE))
    write_confirmation(root, WILLFINE.id, told)
    content = packed(root).files["confirmation.json"].decode()
    assert json.loads(content)["confirmed_at"] == told.at
    assert "anna" not in content and told.item not in content
    write_confirmation(root, WILLFINE.id, Confirmation(new_id(), "anna", told.at, new_id(), "another text"))
    assert confirmation_of(root, WILLFINE) == {}
