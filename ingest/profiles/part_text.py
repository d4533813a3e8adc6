"""One part of a profile.toml, `[image]` or `[report]`: what it says, and the lines that say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.profiles.profile import PartName
from ingest.profiles.toml_writing import pattern_table, pattern_value, text_list, toml_text


@dataclass(frozen=True)
class FieldText:
    """A field's rule without its braces, empty where it has none, and the comments above it."""

    name: str
    rule: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartText:
    """What a part says. `match` and `find` are sources with patterns, as they are written."""

    match: Mapping[str, str]
    fields: Sequence[FieldText]
    absent: tuple[str, ...] = ()
    path: str = ""
    find: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    require: tuple[str, ...] = ()


def part_block(name: PartName, part: PartText) -> str:
    """Return the lines of a part."""
    lines = [f"[{name}]", f"match = {pattern_table(part.match)}"]
    lines += [f"absent = {text_list(part.absent)}"] if part.absent else []
    lines += [f"path = {pattern_value(part.path)}"] if part.path else []
    lines += [f"find = {pattern_table(part.find)}"] if part.find else []
    lines += [f"encoding = {toml_text(part.encoding)}"] if part.encoding else []
    lines += [f"require = {text_list(part.require)}"] if name == "image" else []
    lines += ["", f"[{name}.fields]"]
    for one in part.fields:
        lines += one.above
        lines += [f"{one.name} = {{ {one.rule} }}"] if one.rule else []
    return "\n".join(lines)
