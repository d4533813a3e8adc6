"""What the files of cameras call them, from the index."""

from contextlib import closing

import pytest

from ingest.fleet.texts import given_name, read_texts, texts_of
from ingest.index.store import read_index
from tests.unit.webadmin.site import Site, accepted, photo, rejected


def test_the_text_that_most_files_have_comes_first(site: Site) -> None:
    for number, text in enumerate(("höhle 1", "Höhle 1", "Höhle 1", None)):
        item = accepted(camera_id="Hoehle_1", camera_text=text, upload_path=f"{number}.jpg")
        site.put(item, photo(number))
    site.put(rejected(camera_id="oak", camera_text="Old Oak"), photo(9))
    site.put(rejected(camera_id=None, reason="bad_camera_id", camera_text="?"), photo(10))
    with closing(read_index(site.root)) as index:
        assert read_texts(index) == {"Hoehle_1": ("Höhle 1", "höhle 1"), "oak": ("Old Oak",)}
        assert texts_of(index, "Hoehle_1") == ("Höhle 1", "höhle 1")
        assert texts_of(index, "nobody") == ()


@pytest.mark.parametrize(
    ("camera_id", "texts", "name"),
    [
        ("Gate_North", ("Gate North",), "Gate North"),
        ("gate_north", ("GATE NORTH",), "GATE NORTH"),
        ("oak", ("Gate North", "861943070068027"), ""),
        ("cam1", ("CAM1",), ""),
        ("oak", (), ""),
    ],
)
def test_a_text_is_the_cameras_name_where_it_is_its_id_as_a_person_writes_it(
    camera_id: str, texts: tuple[str, ...], name: str
) -> None:
    assert given_name(camera_id, texts) == name
