#!/usr/bin/python
"""Keeps one admin with a password in the admins file; runs under the release's own Python, for its argon2 library."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: webadmin_admin
short_description: Keeps one admin's password; makes one up where none is given and the admin is new.
description:
  - Other admins in the file stay as they are.
options:
  file:
    description: The admins, one C(name:argon2id hash) a line.
    required: true
    type: path
  made_up_file:
    description: Where a password that was made up is written, for root only.
    required: true
    type: path
  group:
    description: Group that may read the admins file.
    required: true
    type: str
  name:
    description: Name of the admin.
    required: true
    type: str
  password:
    description: The password; empty means the present one, or one that is made up.
    type: str
author: Camspool
"""

EXAMPLES = """
- name: An admin whose password is made up
  webadmin_admin:
    file: /etc/camspool/admins
    made_up_file: /etc/camspool/admin.password
    group: camspool-web
    name: admin
"""


def read_admins(file: Path) -> dict[str, str]:
    """Return the hash of each admin; none when there is no file."""
    if not file.exists():
        return {}
    pairs = (line.partition(":") for line in file.read_text("utf-8").splitlines())
    return {name: hashed for name, colon, hashed in pairs if colon}


def is_right(hashed: str | None, password: str) -> bool:
    """Say whether the admin has a password, and this one where one is given."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if hashed is None or not password:
        return hashed is not None
    try:
        return PasswordHasher().verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False


def write_secret(file: Path, text: str, group: str | None = None) -> None:
    """Replace a file, readable for root and the group only."""
    aside = file.with_name(f".{file.name}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
        os.fsync(opened.fileno())
    if group:
        shutil.chown(aside, "root", group)
        aside.chmod(0o640)
    aside.replace(file)


def main() -> None:
    """Carry out the task."""
    module = AnsibleModule(
        argument_spec={
            "file": {"type": "path", "required": True},
            "made_up_file": {"type": "path", "required": True},
            "group": {"type": "str", "required": True},
            "name": {"type": "str", "required": True},
            "password": {"type": "str", "no_log": True, "default": ""},
        },
        supports_check_mode=True,
    )
    from argon2 import PasswordHasher

    file, name, password = Path(module.params["file"]), module.params["name"], module.params["password"]
    admins = read_admins(file)
    if is_right(admins.get(name), password):
        module.exit_json(changed=False)
    if module.check_mode:
        module.exit_json(changed=True)
    made_up = Path(module.params["made_up_file"])
    if password:
        made_up.unlink(missing_ok=True)
    else:
        password = secrets.token_urlsafe(15)
        write_secret(made_up, f"{password}\n")
    admins[name] = PasswordHasher().hash(password)
    lines = "".join(f"{admin}:{hashed}\n" for admin, hashed in admins.items())
    write_secret(file, lines, module.params["group"])
    module.exit_json(changed=True)


if __name__ == "__main__":
    main()
