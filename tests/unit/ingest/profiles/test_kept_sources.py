"""What a sidecar keeps tells of most profiles whether a file is their own; of the others nothing is guessed."""

from pathlib import Path

import pytest

from ingest.profiles.kept_sources import Asked, claims_by_kept, is_told
from ingest.profiles.profile_file import parse_profile
from ingest.profiles.sources import Subject

FILE = Subject("image", "ridge/a.jpg", "ridge", {"Make": "Oakfine", "Artist": "Förster"})
ANY_ID = 'camera_id = { from = "account" }'


def asked(rules: str, fields: str = ANY_ID) -> Asked:
    text = f'name = "x"\nevidence = "y"\n[image]\nrequire = ["camera_id"]\n{rules}\n[image.fields]\n{fields}'
    profile = parse_profile(text, Path("x"))
    assert profile.image
    return Asked(profile, profile.image)


@pytest.mark.parametrize(
    ("rules", "claims"),
    [
        ("match = { \"exif.Make\" = 'Oak' }", True),
        ("match = { \"exif.Make\" = 'Elm' }", False),
        ("match = { \"exif.Make\" = 'Oak', comment = 'x' }", None),
        ("match = { \"exif.Make\" = 'Elm', comment = 'x' }", False),
        ("match = { \"comment|exif.Make\" = 'Oak' }", None),
        ("match = { path = '^(?P<site>[a-z]+)/', \"path.site\" = 'ridge' }", True),
        ("match = { path = '^(?P<site>[a-z]+)/', \"path.site\" = 'creek' }", False),
        ("match = { account = 'ridge' }\nabsent = [\"makernote.SerialNumber\"]", None),
        ("match = { account = 'ridge' }\nabsent = [\"exif.Make\"]", False),
        ("match = { account = 'ridge' }\nencoding = 'gbk'", True),
        ("match = { \"exif.Make\" = 'Elm' }\nencoding = 'gbk'", None),
        ("match = { account = 'creek', \"exif.Make\" = 'Elm' }\nencoding = 'gbk'", False),
    ],
)
def test_conditions_are_answered_as_far_as_they_can_be(rules: str, claims: bool | None) -> None:
    assert claims_by_kept(asked(rules), FILE, has_exif=True) is claims


def test_without_exif_only_path_and_account_tell() -> None:
    bare = Subject("image", "ridge/a.jpg", "ridge")
    assert claims_by_kept(asked("match = { \"exif.Make\" = 'Elm' }"), bare, has_exif=False) is None
    assert claims_by_kept(asked("match = { \"exif.Make\" = 'Elm', account = 'creek' }"), bare, has_exif=False) is False
    assert claims_by_kept(asked("match = { account = 'ridge' }"), bare, has_exif=False) is True
    assert not is_told(asked("match = { account = 'ridge' }"), bare, has_exif=False)


def test_a_group_that_may_stand_in_what_is_not_kept_is_not_told() -> None:
    rules = "match = { account = 'ridge' }\nfind = { comment = 'ID=(?P<id>[a-z]+)' }"
    assert not is_told(asked(rules, 'camera_id = { from = "{id}" }'), FILE, has_exif=True)
    assert not is_told(asked("match = { account = 'ridge' }", 'camera_id = { from = "xmp.x:Id" }'), FILE, has_exif=True)
    joined = 'camera_id = { from = "{account}-{exif.Make}" }'
    assert is_told(asked("match = { account = 'ridge' }", joined), FILE, has_exif=True)
