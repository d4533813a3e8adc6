"""Which cameras somebody may see."""

import json

from ingest.fleet.health import never_seen
from ingest.spool.camera_accounts import CameraAccount, write_camera_accounts
from ingest.spool.people import Person
from tests.unit.webadmin.site import Site, accepted, photo
from webadmin.access.scope import may_see, seen_by


def test_a_camera_is_seen_by_its_tag_its_account_and_what_came_by_an_account(site: Site) -> None:
    (site.root / "cameras" / "tagged.json").write_text(json.dumps({"tags": ["north"]}))
    made = CameraAccount("own-1", "accounted", "2026-01-01T00:00:00.000000Z")
    write_camera_accounts(site.root, {"own-1": made})
    site.put(accepted(camera_id="sending", account="team"), photo())
    site.put(accepted(camera_id="stranger", account="camera"), photo(2))
    rose = Person("rose", "field", accounts=("own-1", "team"), tags=("north",))
    cameras = ["tagged", "accounted", "sending", "stranger", "unheard"]
    with site.app.app_context():
        assert [one for one in cameras if may_see(rose, one)] == cameras[:3]
        assert all(may_see(Person("vera", "viewer"), one) for one in cameras)
        fleet = [never_seen(one, {"tags": ["north"]} if one == "tagged" else {}) for one in cameras]
        assert [one.id for one in seen_by(rose, fleet)] == cameras[:3]
        assert seen_by(Person("zoe", "field"), fleet) == [] and len(seen_by(Person("a", "admin"), fleet)) == 5
