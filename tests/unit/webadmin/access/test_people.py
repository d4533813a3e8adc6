"""Who may log in, by the deployment's file and by what was made here, and the one check of a password."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from ingest.spool.people import Person, hash_of, write_person
from webadmin.access.people import everybody, find_person, hash_password, is_password, known_person, read_deployed

QUICK = PasswordHasher(time_cost=1, memory_cost=64)


def _deployed(folder: Path, *lines: str) -> Path:
    (folder / "people").mkdir(exist_ok=True)
    file = folder / "admins"
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


def test_only_a_name_with_an_argon2id_hash_is_an_admin_of_the_deployment(tmp_path: Path) -> None:
    good = QUICK.hash("right")
    lines = ("# anna: left in May", "", f"  anna:{good} ", "bert:$6$salt$sha512", "carl", f"../x:{good}", f":{good}")
    assert read_deployed(_deployed(tmp_path, *lines)) == {"anna": good}


def test_only_the_right_password_opens() -> None:
    anna = Person("anna", "admin", password_hash=QUICK.hash("of anna"))
    assert is_password(anna, "of anna")
    assert not is_password(anna, "of bert") and not is_password(anna, "")


def test_no_password_opens_for_nobody_and_for_who_has_none() -> None:
    # The last one is what unknown names are compared with, so that they take their time.
    for word in ("", "right", "nobody has this password"):
        assert not is_password(None, word) and not is_password(Person("anna", "admin"), word)


def test_a_damaged_hash_opens_to_nobody() -> None:
    assert not is_password(Person("anna", "admin", password_hash=QUICK.hash("right")[:40]), "right")


def test_a_password_that_was_hashed_is_the_one_that_opens() -> None:
    rose = Person("rose", "viewer", password_hash=hash_password("a new password"))
    assert is_password(rose, "a new password") and not is_password(rose, "a new passwort")


def test_everybody_is_the_deployments_and_who_was_made_here_by_name(tmp_path: Path) -> None:
    file = _deployed(tmp_path, f"zoe:{QUICK.hash('z')}")
    write_person(tmp_path, Person("Rose", "field"))
    write_person(tmp_path, Person("bert", "viewer"))
    assert [(one.name, one.role) for one in everybody(tmp_path, file)] == [
        ("bert", "viewer"),
        ("Rose", "field"),
        ("zoe", "admin"),
    ]


def test_what_an_admin_of_the_deployment_changed_here_holds_until_the_host_says_otherwise(tmp_path: Path) -> None:
    before, after = QUICK.hash("given"), QUICK.hash("given anew")
    file = _deployed(tmp_path, f"anna:{before}")
    own = Person("anna", "admin", password_hash=QUICK.hash("her own"), second_factor="s", replaces=hash_of(before))
    write_person(tmp_path, own)
    assert find_person(tmp_path, file, "anna") == own
    file.write_text(f"anna:{after}\n")
    anew = find_person(tmp_path, file, "anna")
    assert anew and is_password(anew, "given anew") and not anew.second_factor
    file.write_text("")
    assert find_person(tmp_path, file, "anna") is None


@pytest.mark.parametrize("name", ["", "nobody", "../admins", "a" * 65])
def test_nobody_is_found_by_a_name_that_nobody_has(tmp_path: Path, name: str) -> None:
    assert find_person(tmp_path, _deployed(tmp_path, f"anna:{QUICK.hash('x')}"), name) is None


def test_without_the_deployments_file_nobody_is_known(tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    write_person(tmp_path, Person("rose", "viewer"))
    assert known_person(tmp_path, tmp_path / "missing", "rose") is None
