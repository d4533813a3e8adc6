"""The catalogue: read again only when a file changed, and a broken profile keeps its last good version."""

import json
from pathlib import Path

import pytest

from ingest.profiles.catalogue import Catalogue, catalogue_of, load_catalogue, mark_of, with_profile
from ingest.profiles.profile_file import parse_profile
from ingest.spool.saved_profiles import text_mark
from tests.reconyx import PROFILE

TEXT = """
name = "{name}"
evidence = "a test"
[image]
match = {{ account = '^{name}$' }}
require = ["camera_id"]
[image.fields]
camera_id = {{ from = "account" }}
"""


def write(folder: Path, id_: str, text: str | None = None) -> Path:
    file = folder / id_ / "profile.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(TEXT.format(name=id_) if text is None else text)
    return file


def ids(catalogue: Catalogue) -> list[str]:
    return [profile.id for profile in catalogue.profiles]


def test_it_works(tmp_path: Path) -> None:
    write(tmp_path, "b")
    write(tmp_path, "a")
    (tmp_path / "README.md").write_text("no profile")
    (tmp_path / "empty").mkdir()
    catalogue = load_catalogue([tmp_path, tmp_path / "missing"])
    assert ids(catalogue) == ["a", "b"]
    assert catalogue.broken == {}


def test_nothing_changed_gives_the_same_object(tmp_path: Path) -> None:
    write(tmp_path, "a")
    catalogue = load_catalogue([tmp_path])
    assert load_catalogue([tmp_path], catalogue) is catalogue


def test_a_changed_new_or_removed_profile_counts_at_once(tmp_path: Path) -> None:
    file = write(tmp_path, "a")
    first = load_catalogue([tmp_path])
    write(tmp_path, "a", TEXT.format(name="other"))
    second = load_catalogue([tmp_path], first)
    assert second.profiles[0].name == "other"
    write(tmp_path, "b")
    third = load_catalogue([tmp_path], second)
    assert ids(third) == ["a", "b"]
    file.unlink()
    assert ids(load_catalogue([tmp_path], third)) == ["b"]


@pytest.mark.parametrize(
    "mistake",
    [
        TEXT.format(name="a").replace('["camera_id"]', '[["camera_id"]]'),
        TEXT.format(name="a").replace('["camera_id"]', "[{}]"),
        TEXT.format(name="a").replace("'^a$'", "'[0-9]{99999999999}'"),
        TEXT.format(name="a").replace("'^a$'", f"'{'(' * 5000}'"),
        f"x = {'[' * 5000}",
    ],
)
def test_no_mistake_in_a_profile_gets_past_the_catalogue(tmp_path: Path, mistake: str) -> None:
    file = write(tmp_path, "a", mistake)
    (sentence,) = load_catalogue([tmp_path]).broken.values()
    assert sentence.startswith(str(file))


def test_a_broken_profile_keeps_its_last_good_version_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "b")
    good = load_catalogue([tmp_path])
    write(tmp_path, "a", "name = ")
    broken = load_catalogue([tmp_path], good)
    assert broken.profiles == good.profiles
    sentence = broken.broken[str(tmp_path / "a")]
    assert "profile.toml is not TOML" in sentence
    assert sentence.endswith("Its last good version is in use.")
    assert load_catalogue([tmp_path], broken) is broken
    write(tmp_path, "c")
    assert ids(load_catalogue([tmp_path], broken)) == ["a", "b", "c"]
    write(tmp_path, "a", TEXT.format(name="mended"))
    mended = load_catalogue([tmp_path], broken)
    assert mended.broken == {}
    assert mended.profiles[0].name == "mended"


def test_a_profile_that_was_never_good_is_not_in_use(tmp_path: Path) -> None:
    write(tmp_path, "a", "colour = 1")
    write(tmp_path, "b")
    catalogue = load_catalogue([tmp_path])
    assert ids(catalogue) == ["b"]
    assert catalogue.broken[str(tmp_path / "a")].endswith("It is not in use.")


def test_a_later_folder_replaces_a_profile_of_the_same_name(tmp_path: Path) -> None:
    write(tmp_path / "shipped", "a")
    write(tmp_path / "own", "a", TEXT.format(name="mine"))
    catalogue = load_catalogue([tmp_path / "shipped", tmp_path / "own"])
    assert [profile.name for profile in catalogue.profiles] == ["mine"]
    write(tmp_path / "own", "a", "name =")
    assert [profile.name for profile in load_catalogue([tmp_path / "shipped", tmp_path / "own"]).profiles] == ["a"]


def test_a_file_where_a_folder_should_be_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    catalogue = load_catalogue([tmp_path / "file"])
    assert "cannot be read" in catalogue.broken[str(tmp_path / "file")]
    assert load_catalogue([tmp_path / "file"], catalogue) is catalogue


def test_a_profile_that_reads_makernotes_says_that_exiftool_is_missing_until_it_is_there(tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "reconyx", PROFILE)
    program = tmp_path / "exiftool"
    without = load_catalogue([tmp_path], None, str(program))
    assert ids(without) == ["a", "reconyx"]
    assert without.broken == {}
    assert without.complaints == {
        str(tmp_path / "reconyx"): f"{tmp_path / 'reconyx'} reads MakerNotes, but exiftool is not installed: "
        "apt install libimage-exiftool-perl. Until then it finds nothing in them."
    }
    assert load_catalogue([tmp_path], without, str(program)) is without
    program.symlink_to("/bin/true")
    assert load_catalogue([tmp_path], without, str(program)).complaints == {}


def test_the_catalogue_as_it_will_be_has_a_profile_beside_the_others_or_instead_of_its_former_self(
    tmp_path: Path,
) -> None:
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    write(shipped, "b")
    before = load_catalogue([shipped, own])
    for id_, text in (("a", TEXT.format(name="a")), ("b", TEXT.format(name="other")), ("wide", _WIDE)):
        new = parse_profile(text, own / id_)
        found = with_profile(before, new, [shipped, own])
        write(own, id_, text)
        real = load_catalogue([shipped, own])
        assert (found.profiles, found.yields) == (real.profiles, real.yields), id_
        (own / id_ / "profile.toml").unlink()
    assert found.yields == {"wide": {"b"}}
    assert ids(before) == ["b"]


_WIDE = TEXT.format(name="wide").replace("account = '^wide$'", "path = '.'")


def test_a_confirmation_in_any_folder_confirms_just_the_text_that_is_in_use(tmp_path: Path) -> None:
    text = "confirmed = false\n" + TEXT.format(name="a")
    write(tmp_path / "shipped", "a", text)
    told = tmp_path / "saved" / "a" / "confirmation.json"
    told.parent.mkdir(parents=True)
    folders = [tmp_path / "shipped", tmp_path / "saved"]
    before = load_catalogue(folders)
    words = {"request": "1", "by": "anna", "at": "2026", "item": "2"}
    for marked, is_confirmed in ((text, True), (text + "#", False)):
        told.write_text(json.dumps({**words, "sha256": text_mark(marked.encode())}))
        after = load_catalogue(folders, before)
        assert [one.confirmed for one in after.profiles] == [is_confirmed]
        before = after
    told.unlink()
    assert load_catalogue(folders, before) is not before


def test_a_folder_of_versions_without_a_profile_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "a" / "versions").mkdir(parents=True)
    (tmp_path / "a" / "versions" / "1.json").write_text("{}")
    assert load_catalogue([tmp_path]).complaints == {}
    assert load_catalogue([tmp_path]).profiles == ()


def test_profiles_together_say_which_of_them_claims_too_much(tmp_path: Path) -> None:
    write(tmp_path, "a", TEXT.format(name="a").replace("^a$", ""))
    write(tmp_path, "b")
    found = load_catalogue([tmp_path])
    together = catalogue_of(reversed(found.profiles), [tmp_path])
    assert (together.profiles, together.hindered, together.yields) == (found.profiles, found.hindered, found.yields)
    assert mark_of(found.profiles[0]) == text_mark((tmp_path / "a" / "profile.toml").read_bytes())
    (tmp_path / "a" / "profile.toml").unlink()
    assert mark_of(found.profiles[0]) == ""
