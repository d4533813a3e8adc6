"""Lets root's commands work as the spool's owner, so that no file of root ever stops the watcher."""

import os
import pwd
from contextlib import suppress
from pathlib import Path


def become_owner(folder: Path) -> None:
    """Give up root for the user who owns a folder; nothing happens for others, or where root owns it."""
    if os.geteuid() != 0 or not folder.exists():
        return
    owner = folder.stat().st_uid
    if owner == 0:
        return
    user = pwd.getpwuid(owner)
    os.initgroups(user.pw_name, user.pw_gid)
    os.setgid(user.pw_gid)
    os.setuid(owner)


def who_asks() -> str:
    """Return the name of the person at the command line, also behind sudo: ask before `become_owner`."""
    with suppress(KeyError):
        return os.environ.get("SUDO_USER") or pwd.getpwuid(os.getuid()).pw_name
    return f"user {os.getuid()}"
