"""Small pictures: made once, and of nothing that is dangerous to decode."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingest.spool.moves import place_of
from tests.unit.webadmin.site import Person, Site, accepted, photo
from webadmin.files.thumbnails import drop_thumbnail, render, thumbnail_file


def _jpeg(size: tuple[int, int]) -> bytes:
    output = BytesIO()
    Image.new("RGB", size, (40, 90, 30)).save(output, "JPEG")
    return output.getvalue()


def test_a_picture_that_claims_gigapixels_is_not_decoded(site: Site, admin: Person) -> None:
    content = bytearray(photo())
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    item = site.put(accepted(), bytes(content))
    assert admin.get(f"/files/{item.id}/thumbnail").status_code == 302


def test_a_cut_photo_still_has_a_thumbnail(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo()[:6000])
    answer = admin.get(f"/files/{item.id}/thumbnail")
    assert answer.content_type == "image/jpeg"


def test_a_thumbnail_is_made_once(site: Site, admin: Person) -> None:
    item = site.put(accepted(), photo())
    first = admin.get(f"/files/{item.id}/thumbnail").data
    for place in (site.root / "accepted").rglob(f"{item.id}-*.JPG"):
        place.write_bytes(b"changed")
    assert admin.get(f"/files/{item.id}/thumbnail").data == first


def test_a_small_picture_keeps_the_shape_and_is_never_made_larger(site: Site) -> None:
    sizes = {(1280, 960): (400, 300), (960, 1280): (300, 400), (64, 48): (64, 48), (1600, 200): (400, 50)}
    for seed, size in enumerate(sizes):
        place = place_of(site.put(accepted(upload_path=f"{seed}.jpg"), _jpeg(size)))
        with Image.open(BytesIO(render(site.root, place))) as picture:
            assert (picture.format, picture.size) == ("JPEG", sizes[size])


def test_what_is_no_picture_is_looked_at_once(site: Site, tmp_path: Path) -> None:
    item = site.put(accepted(), b"\xff\xd8\xff<html>")
    assert thumbnail_file(tmp_path / "cache", site.root, item.id, place_of(item)) is None
    (site.root / place_of(item)).write_bytes(photo())
    assert thumbnail_file(tmp_path / "cache", site.root, item.id, place_of(item)) is None


def test_no_other_kind_of_picture_is_decoded(site: Site) -> None:
    for kind in ("PNG", "GIF", "TIFF"):
        output = BytesIO()
        Image.new("RGB", (64, 48)).save(output, kind)
        place = place_of(site.put(accepted(upload_path=f"{kind}.jpg"), output.getvalue()))
        assert render(site.root, place) == b""


def test_without_the_original_nothing_is_kept_and_it_is_said(site: Site, tmp_path: Path) -> None:
    item = site.put(accepted(), photo())
    (site.root / place_of(item)).unlink()
    with pytest.raises(FileNotFoundError):
        thumbnail_file(tmp_path / "cache", site.root, item.id, place_of(item))
    assert not list((tmp_path / "cache" / "thumbnails").rglob("*.*"))


def test_only_the_picture_of_an_id_is_dropped(site: Site, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    gone, kept = (site.put(accepted(upload_path=f"{seed}.jpg"), photo(seed)) for seed in (1, 2))
    pictures = [thumbnail_file(cache, site.root, item.id, place_of(item)) for item in (gone, kept)]
    outside = cache / "outside.jpg"
    outside.touch()
    for item_id in (gone.id, gone.id, str(outside.with_suffix("")), "../../outside", ""):
        drop_thumbnail(cache, item_id)
    assert [picture and picture.exists() for picture in pictures] == [False, True]
    assert outside.exists()
