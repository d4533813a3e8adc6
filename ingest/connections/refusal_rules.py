"""The table of refusals: what each says to whoever sets the camera up, and by what it turns out to be harmless."""

from dataclasses import dataclass
from typing import Literal

Harmless = Literal["never", "if a file followed", "if a file came"]
"""A refused STOR is harmless only if a file of its name followed, whatever its rule says."""


@dataclass(frozen=True)
class Rule:
    """What to say about one kind of refusal, with `{argument}` and `{command}`, and when to say nothing."""

    sentence: str
    harmless: Harmless = "if a file followed"


_PASSIVE = Rule(
    "It wanted the gateway to open the data connection (active mode), which is refused. "
    "Switch the camera to passive mode (PASV)."
)
_CHANGED_ADDRESS = Rule(
    "The data connection came from another address than the log-in, so it was refused: the camera's address changed in "
    "between, as it may behind the NAT of a mobile carrier. The camera has to try again; where it happens again and "
    "again, the SIM needs an access point (APN) with one address of its own."
)
NO_DATA = Rule("The data connection did not come about. Check passive ports and firewall.")
_CLEAR_DATA = Rule(
    "It sent data without TLS, which is refused. Switch on that the camera encrypts data as well (PROT P)."
)
_CLEAR_LOGIN = Rule("It tried to log in without TLS, which is refused. Switch the camera to FTPS.", "if a file came")
_FOLDER = Rule(
    "There is no folder “{argument}” here. Leave the camera's folder setting empty, unless this type of "
    "camera needs one."
)
FOLDER_OF_FILE = Rule(
    "There is no folder for “{argument}” here. Leave the camera's folder setting empty, unless this type of "
    "camera needs one."
)
TWO_LEVELS = Rule(
    "It wanted to make “{argument}” in one step, which could not be done: so deep a folder is made one level at a "
    "time. Leave the camera's folder setting empty, or give it one folder without “/”."
)
_NO_NEW_FOLDER = Rule(
    "It could not make the folder “{argument}”: there is one already, or the name cannot be used. "
    "Leave the camera's folder setting empty, unless this type of camera needs one."
)
_RENAME = Rule(
    "It wanted to rename a file ({command}), which was refused. Switch “temporary name” or “rename after upload” off "
    "in the camera, or the photo may come twice.",
    "never",
)
_APPEND = Rule("It wanted to append to a file ({command}), which is refused. Switch “append” or “resume” off.")
_RESUME = Rule(
    "It wanted to resume a broken-off file at byte {argument}, which is refused; what it sent then may be only the "
    "rest. Switch “append” or “resume” off.",
    "never",
)
RESUMED = Rule(
    "It wanted to resume a broken-off file at byte {argument}, which is refused: the whole file has to come. "
    "Switch “append” or “resume” off."
)
_DELETE = Rule(
    "It wanted to delete something ({command}), which was refused. Its own test may show “failed” although uploads "
    "work: take a photo instead of the test."
)
_SIZE = Rule(
    "It asked for the size of “{argument}” and got no answer. A camera that compares sizes may send the photo again: "
    "switch such a check off."
)
_READ_BACK = Rule(
    "It wanted to read “{argument}” back, which is refused to everybody. Switch off what downloads or compares.",
    "if a file came",
)
_UNNAMED = Rule("It wanted the gateway to name the file (STOU), which is refused. Let the camera name its files.")
_CLEAR_COMMANDS = Rule(
    "It wanted to end the encryption of commands (CCC), which is refused. Switch “clear command channel” off."
)
OTHER = Rule(
    "It asked for “{command}”, which is not offered here, and sent nothing. If the camera has a setting for it, switch "
    "it off.",
    "if a file came",
)
SAME_NAME = Rule(
    "“{argument}” came in this connection already, and nothing is overwritten. Let the camera give each photo a name "
    "of its own, or connect anew for each."
)
NO_NAME = Rule("It sent a file without a name. Set a file name in the camera.")
LONG_NAME = Rule("The name “{argument}” is longer than 255 bytes. Shorten it in the camera.")
NOT_CREATED = Rule(
    "“{argument}” could not be created: a folder has this name, the name cannot be used, or the disk is full."
)
_NOT_TLS = Rule(
    "It asked for another encryption than TLS ({command}). Set the camera to FTPS with explicit TLS.", "if a file came"
)

BY_REPLY = {
    "425 Use PORT or PASV first.": _PASSIVE,
    "425 Security: Bad IP connecting.": _CHANGED_ADDRESS,
    "425 Failed to establish connection.": NO_DATA,
    "504 Unknown AUTH type.": _NOT_TLS,
    "522 Data connections must be encrypted.": _CLEAR_DATA,
    "530 Non-anonymous sessions must use encryption.": _CLEAR_LOGIN,
    "530 Anonymous sessions must use encryption.": _CLEAR_LOGIN,
}
BY_VERB = {
    "PORT": _PASSIVE,
    "EPRT": _PASSIVE,
    "CWD": _FOLDER,
    "MKD": _NO_NEW_FOLDER,
    "RNFR": _RENAME,
    "RNTO": _RENAME,
    "APPE": _APPEND,
    "REST": _RESUME,
    "DELE": _DELETE,
    "RMD": _DELETE,
    "SIZE": _SIZE,
    "RETR": _READ_BACK,
    "STOU": _UNNAMED,
    "CCC": _CLEAR_COMMANDS,
    "STOR": NOT_CREATED,
}
SAME_VERB = {"XCWD": "CWD", "XMKD": "MKD", "XRMD": "RMD", "XCUP": "CDUP", "XPWD": "PWD"}
"""Older names of commands."""
