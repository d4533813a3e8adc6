"""Root gives itself up for whoever owns the spool, in a process of its own: there is no way back."""

import json
import os
import pwd
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ingest.commands.privileges import who_asks

SCRIPT = """
import json, os, sys
from pathlib import Path
from ingest.commands.privileges import become_owner
if sys.argv[2:]:
    os.setuid(int(sys.argv[2]))
become_owner(Path(sys.argv[1]))
print(json.dumps([os.getresuid(), os.getresgid(), sorted(os.getgroups())]))
"""
NOBODY = pwd.getpwnam("nobody")


def identity_at(folder: Path, *words: str) -> Any:
    """Return the users, groups and further groups of a process that becomes the owner of a folder."""
    ran = subprocess.run([sys.executable, "-c", SCRIPT, folder, *words], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of another user."""
    os.chown(tmp_path, NOBODY.pw_uid, 0)
    return tmp_path


def test_root_becomes_the_owner_with_the_owners_groups_alone_and_for_good(folder: Path) -> None:
    users, groups, further = identity_at(folder)
    assert users == [NOBODY.pw_uid] * 3
    assert groups == [NOBODY.pw_gid] * 3
    assert further == sorted(os.getgrouplist(NOBODY.pw_name, NOBODY.pw_gid))


def test_where_root_owns_the_spool_or_there_is_none_root_stays(folder: Path) -> None:
    here = [[0, 0, 0], list(os.getresgid()), sorted(os.getgroups())]
    assert identity_at(folder / "missing") == here
    os.chown(folder, 0, 0)
    assert identity_at(folder) == here


def test_another_user_stays_who_it_is(folder: Path) -> None:
    sync = pwd.getpwnam("sync").pw_uid
    assert identity_at(folder, str(sync))[0] == [sync] * 3


def test_who_asks_is_known_behind_sudo_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SUDO_USER", raising=False)
    assert who_asks() == "root"
    monkeypatch.setenv("SUDO_USER", "anna")
    assert who_asks() == "anna"
