"""Whether every named group of a profile is used, and every one that is used is there."""

from ingest.profiles.joined import groups_in, names_in
from ingest.profiles.profile import Part, PartName
from ingest.profiles.toml_keys import fail


def check_groups(file: str, part: Part, name: PartName) -> None:
    """Raise CamspoolError for a group of a part that is named and not used, or used and not there."""
    in_path = {group for pattern in part.path_patterns for group in pattern.groupindex}
    given = in_path | {group for one in part.named for group in one.pattern.groupindex}
    sources = {source for rule in part.fields.values() for source in rule.sources}
    sources |= {source for condition in (*part.conditions, *part.find) for source in condition.sources}
    sources |= set(part.absent)
    names = {one for source in sources for one in names_in(source)}
    of_path = {one.removeprefix("path.") for one in names if one.startswith("path.")}
    joined = {group for source in sources for group in groups_in(source)}
    if unused := sorted(given - of_path - joined):
        where = " of the path pattern" if unused[0] in in_path else ""
        fail(file, f"{name}.fields", f"does not use the named group {unused[0]}{where}")
    if missing := sorted(of_path - in_path):
        fail(file, f"{name}.fields", f"uses path.{missing[0]}, but no path pattern has a group of that name")
    if missing := sorted(joined - given):
        fail(file, f"{name}.fields", f"uses {{{missing[0]}}}, but no pattern has a group of that name")
