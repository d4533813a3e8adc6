#!/usr/bin/python
"""Writes the FTPS accounts into the files that PAM reads; runs under the release's own Python, whose code it uses."""

from __future__ import annotations

import hmac
import subprocess
from pathlib import Path

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: ftps_accounts
short_description: Keeps FTPS accounts and their passwords, and the former passwords that are still valid.
description:
  - A password that is the one in the file already stays as it is hashed there. Accounts not named are removed.
options:
  file:
    description: The password file; former passwords are in the file with the suffix .old.
    required: true
    type: path
  accounts:
    description: All accounts.
    required: true
    type: list
    elements: dict
author: Camspool
"""

EXAMPLES = """
- name: One account, whose former password is still valid
  ftps_accounts:
    file: /etc/camspool/ftps.passwd
    accounts:
      - {name: camera, password: the new one, old_password: the former one}
"""

ACCOUNT_OPTIONS = {
    "name": {"type": "str", "required": True},
    "password": {"type": "str", "required": True, "no_log": True},
    "old_password": {"type": "str", "no_log": True, "default": ""},
}


def matches(password: str, hashed: str) -> bool:
    """Say whether a SHA-512 crypt hash is of this password."""
    parts = hashed.split("$")
    if len(parts) != 4 or parts[1] != "6":
        return False
    made = subprocess.run(
        ["openssl", "passwd", "-6", "-salt", parts[2], "-stdin"],
        input=password + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return hmac.compare_digest(made.stdout.strip(), hashed)


def wanted_hashes(passwords: dict[str, str], present: dict[str, str]) -> dict[str, str]:
    """Return a hash for each account: the present one where it is of this password."""
    from ingest.ftps.accounts import hash_password

    return {
        name: present[name] if name in present and matches(password, present[name]) else hash_password(password)
        for name, password in passwords.items()
    }


def keep(file: Path, passwords: dict[str, str], *, only_look: bool) -> bool:
    """Make a password file hold exactly these accounts; say whether that was, or would be, a change."""
    from ingest.ftps.accounts import read_accounts, write_accounts

    present = read_accounts(file)
    wanted = wanted_hashes(passwords, present)
    if wanted == present and file.exists():
        return False
    if not only_look:
        write_accounts(file, wanted)
    return True


def main() -> None:
    """Carry out the task."""
    module = AnsibleModule(
        argument_spec={
            "file": {"type": "path", "required": True},
            "accounts": {"type": "list", "elements": "dict", "required": True, "options": ACCOUNT_OPTIONS},
        },
        supports_check_mode=True,
    )
    from ingest.errors import CamspoolError
    from ingest.ftps.accounts import old_passwords

    file = Path(module.params["file"])
    accounts = module.params["accounts"]
    present = {account["name"]: account["password"] for account in accounts}
    if len(present) < len(accounts):
        module.fail_json(msg="An FTPS account is named twice; every account needs a name of its own.")
    former = {account["name"]: account["old_password"] for account in accounts if account["old_password"]}
    try:
        # The former ones first: at no moment is a camera without a password that works.
        changes = [
            keep(old_passwords(file), former, only_look=module.check_mode),
            keep(file, present, only_look=module.check_mode),
        ]
    except CamspoolError as error:
        module.fail_json(msg=str(error))
    module.exit_json(changed=any(changes))


if __name__ == "__main__":
    main()
