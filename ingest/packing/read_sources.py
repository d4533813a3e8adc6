"""Which sources a profile looks at, so that a sample keeps these and nothing else that could tell something. Pure."""

from ingest.profiles.joined import names_in
from ingest.profiles.profile import Part, Profile


def read_sources(profile: Profile) -> frozenset[str]:
    """Return every source that a profile names, such as `exif.ImageDescription`, `comment` and `path`."""
    return frozenset(source for part in (profile.image, profile.report) if part for source in _of(part))


def reads_path(part: Part | None) -> bool:
    """Say whether the upload path matters to a part, and not only what is in the file."""
    return part is not None and (part.path is not None or any(one.partition(".")[0] == "path" for one in _of(part)))


def reads_any(sources: frozenset[str], kind: str) -> bool:
    """Say whether one of the sources is of a kind: `xmp`, `makernote`, `comment`."""
    return any(one.partition(".")[0] == kind for one in sources)


def _of(part: Part) -> set[str]:
    named = {source for one in (*part.conditions, *part.find) for source in one.sources} | set(part.absent)
    fields = {source for rule in part.fields.values() for source in rule.sources}
    return {name for source in named | fields for name in names_in(source)} | named | fields
