"""The admins' file, and the one check of a password."""

from pathlib import Path

from argon2 import PasswordHasher

from webadmin.access.admins import check_password, read_admins

QUICK = PasswordHasher(time_cost=1, memory_cost=64)


def _admins(folder: Path, *lines: str) -> Path:
    file = folder / "admins"
    file.write_text("".join(f"{line}\n" for line in lines))
    return file


def test_only_a_name_with_an_argon2id_hash_is_an_admin(tmp_path: Path) -> None:
    good = QUICK.hash("right")
    lines = ("# anna: left in May", "", f"  anna:{good} ", "bert:$6$salt$sha512", "carl", f"../x:{good}", f":{good}")
    assert read_admins(_admins(tmp_path, *lines)) == {"anna": good}


def test_only_the_right_password_gives_the_hash(tmp_path: Path) -> None:
    anna, bert = QUICK.hash("of anna"), QUICK.hash("of bert")
    file = _admins(tmp_path, f"anna:{anna}", f"bert:{bert}")
    assert check_password(file, "bert", "of bert") == bert
    assert check_password(file, "bert", "of anna") is None
    assert check_password(file, "anna", "") is None
    assert check_password(file, "Anna", "of anna") is None


def test_no_password_opens_for_a_name_that_nobody_has(tmp_path: Path) -> None:
    file = _admins(tmp_path, f"anna:{QUICK.hash('right')}")
    # The last one is what unknown names are compared with, so that they take their time.
    assert [check_password(file, "nobody", word) for word in ("right", "nobody has this password")] == [None, None]


def test_a_damaged_hash_opens_to_nobody_and_closes_no_other_door(tmp_path: Path) -> None:
    anna = QUICK.hash("right")
    file = _admins(tmp_path, f"bert:{anna[:40]}", f"anna:{anna}")
    assert check_password(file, "bert", "right") is None
    assert check_password(file, "anna", "right") == anna
