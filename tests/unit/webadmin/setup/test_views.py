"""What to type into a camera, and the card to print."""

from tests.unit.webadmin.site import CAMERA, Person, Site


def test_a_card_for_a_camera_brings_its_check_page(site: Site, admin: Person) -> None:
    assert admin.send("/set-up/card", {"camera": CAMERA}).text.count('class="qr"') == 2
    assert admin.send("/set-up/card", {"camera": "the one by the oak"}).text.count('class="qr"') == 1
