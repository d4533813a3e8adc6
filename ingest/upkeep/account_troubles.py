"""Whether the accounts made for single cameras and their passwords belong together: looked at with every audit."""

from pathlib import Path

from ingest.errors import CamspoolError
from ingest.ftps.accounts import old_passwords, read_accounts
from ingest.spool.camera_accounts import PASSWORDS, camera_accounts
from ingest.spool.names import one_line


def account_troubles(root: Path) -> tuple[str, ...]:
    """Return a sentence for each account that lets in nobody, or somebody for whom it was not made."""
    try:
        accounts = camera_accounts(root)
        passwords = read_accounts(root / PASSWORDS)
        former = read_accounts(old_passwords(root / PASSWORDS))
    except CamspoolError as error:
        return (str(error),)
    except (OSError, UnicodeDecodeError) as error:
        return (f"The passwords of cameras in {root / PASSWORDS} cannot be read: {error}.",)
    open_ones = {name for name, account in accounts.items() if not account.closed_at}
    shut_out = (
        f"The account {name} of camera {accounts[name].camera_id} has no password; give it a new one."
        for name in sorted(open_ones - passwords.keys())
    )
    strange = (
        f"{one_line(name, 40)} can log in over FTPS, and no open account of a camera has this name; "
        f"take its line out of {root / PASSWORDS} and of its .old."
        for name in sorted((passwords.keys() | former.keys()) - open_ones)
    )
    return (*shut_out, *strange)
