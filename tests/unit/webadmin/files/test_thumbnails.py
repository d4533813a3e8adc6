"""Small pictures: made once, and of nothing that is dangerous to decode."""

from tests.unit.webadmin.site import Person, Site, accepted, photo


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
