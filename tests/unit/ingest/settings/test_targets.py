"""Targets are tables with the keys of their kind."""

import re
import tomllib

import pytest

from ingest.errors import CamspoolError
from ingest.settings.file import parse_settings
from ingest.settings.targets import (
    KINDS,
    ArchiveOptions,
    CommandOptions,
    Selection,
    Target,
    defaults_of,
    for_people,
    is_target_name,
    option_names,
)
from ingest.settings.values import targets_page

TWO = """
[targets.nas]
kind = "archive"
remote = "/mnt/nas"
since = "2026-04-09"
[targets.ranger-call]
kind = "command"
command = ["/opt/call", "now"]
sends = ["accepted", "rejected"]
cameras = ["A", "B"]
"""


def parsed(text: str) -> tuple[Target, ...]:
    return parse_settings(tomllib.loads(text), "camspool.toml").targets


def test_targets_come_in_the_order_of_the_file_with_what_the_settings_do_not_say() -> None:
    nas, call = parsed(TWO)
    sends = ("accepted", "reports", "camera_records", "connection_records", "incidents")
    selection = Selection(sends=sends, since="2026-04-09")
    assert nas == Target("nas", "archive", selection, ArchiveOptions(remote="/mnt/nas"))
    assert call.selection == Selection(sends=("accepted", "rejected"), cameras=("A", "B"))
    assert call.options == CommandOptions(command=("/opt/call", "now"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("targets = 3", "targets must be tables: write [targets.NAME] above the settings of each."),
        ("targets = { a = 1 }", "targets must be tables: write [targets.NAME] above the settings of each."),
        ("[targets.a]", "targets.a.kind is None; expected one of archive, webhook, command, earthranger, folder, mess"),
        ("[targets.A]\nkind = 'folder'", "'A' cannot be a target's name; expected up to 32 of a-z, 0-9 and -."),
        ("[targets.a]\nkind = 'folder'\nurl = ''", "unknown setting targets.a.url; a target of kind folder has sends"),
        ("[targets.a]\nkind = 'folder'\nfolder = 3", "targets.a.folder is 3; expected text in quotes."),
        ("[targets.a]\nkind = 'folder'\nfolder = 'b'", "targets.a.folder is 'b'; expected a path that starts with /."),
        ("gateway = 'a b'", "gateway is 'a b'; expected letters, digits and . _ - only."),
    ],
)
def test_what_is_wrong_is_said_with_its_name(text: str, sentence: str) -> None:
    with pytest.raises(CamspoolError, match=re.escape(f"camspool.toml: {sentence}")):
        parsed(text)


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_shows_every_key_of_every_kind(kind: str) -> None:
    section = targets_page().partition(f"# [targets.{kind}]\n")[2].partition("# [targets.")[0]
    assert re.findall(r"^# (\w+) = ", section, re.MULTILINE) == ["kind", *option_names(kind)]
    table = tomllib.loads(re.sub(r"^# (?=\w+ = )", "", section, flags=re.MULTILINE).partition("\n# Items")[0])
    selection, options = defaults_of(kind)
    texts = {key: value for key, value in vars(options).items() if type(value) is str}
    assert table["sends"] == list(selection.sends)
    assert {key: table[key] for key in texts} == texts


def test_names_are_harmless_in_paths_and_addresses() -> None:
    assert [is_target_name(name) for name in ("a", "nas-2", "a" * 32)] == [True] * 3
    assert [is_target_name(name) for name in ("", "-a", "a/b", "..", "a" * 33, "A", "a\n")] == [False] * 7


def test_people_are_told_by_targets_of_kind_message_that_want_incidents() -> None:
    selection, options = defaults_of("message")
    told = Target("rangers", "message", selection, options)
    silent = Target("office", "message", Selection(sends=()), options)
    archive = Target("nas", "archive", Selection(sends=("incidents",)), defaults_of("archive")[1])
    assert for_people([archive, silent, told]) == ("rangers",)
