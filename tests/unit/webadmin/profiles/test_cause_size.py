"""How many files a cause has."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from ingest.index.store import read_index
from ingest.spool.sidecar import Sidecar
from tests.unit.webadmin.site import Site, accepted, rejected
from webadmin.files.item import find_item
from webadmin.profiles.cause_size import cause_size

OAK = {"Make": "Oakfine", "Model": "T-9"}


def size_of(site: Site, sidecar: Sidecar) -> int:
    with closing(read_index(site.root)) as index:
        found = find_item(index, site.root, sidecar.id)
        assert found is not None
        return cause_size(index, found)


def test_strangers_are_counted_by_their_type_others_by_reason_and_camera(site: Site) -> None:
    strangers = [
        site.put(replace(rejected(timedelta(minutes=number)), reason="no_matching_profile", exif=OAK))
        for number in range(3)
    ]
    site.put(replace(rejected(), reason="no_matching_profile", exif={"Make": "Other"}))
    known = site.put(rejected())
    site.put(rejected(camera_id="other"))
    assert (size_of(site, strangers[0]), size_of(site, known), size_of(site, site.put(accepted()))) == (3, 1, 1)
