"""With what the workshop begins: the files of a group, a name for them, and the profile that has read one already."""

from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.exceptions import NotFound

from ingest.profiles.profile import Profile
from ingest.simulation.photos import plain_photo
from tests.unit.webadmin.site import Site, accepted, photo, rejected
from webadmin.profiles.bench import proposed_names, read_bench, text_of

OAK = {"Make": "Oakfine", "Model": "T-9"}


def test_only_an_accepted_item_has_a_profile_to_begin_with_and_only_as_long_as_that_is_in_use(site: Site) -> None:
    waiting = [site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo()) for _ in range(2)]
    known, former = (site.put(accepted(exif=OAK, profile=name), photo()) for name in ("gopro", "gone"))
    with site.app.app_context():
        bench = read_bench(waiting[0].id)
        assert (len(bench.members), bench.total, bench.read_by) == (2, 2, None)
        read_by = read_bench(known.id).read_by
        assert read_by and read_by.id == "gopro" and 'name = "GoPro' in text_of(read_by)
        assert read_bench(former.id).read_by is None
        for item_id in ("x", "20251205T154647.120034Z-4f2a"):
            with pytest.raises(NotFound):
                read_bench(item_id)


def test_a_name_is_proposed_from_make_and_model_and_a_profile_whose_file_has_gone_has_no_text(
    site: Site, tmp_path: Path
) -> None:
    bare = site.put(
        replace(rejected(reason="no_matching_profile"), exif={}, upload_path="b.jpg"),
        plain_photo(seed=1, size=(64, 48)),
    )
    told = site.put(replace(rejected(reason="no_matching_profile"), exif=OAK), photo())
    with site.app.app_context():
        assert proposed_names(read_bench(told.id).members[0]) == {"profile": "oakfine-t-9", "name": "Oakfine T-9"}
        assert proposed_names(read_bench(bare.id).members[0])["name"] == "New camera"
    assert text_of(Profile("a", str(tmp_path / "a"), "A", "a test")) == ""
