"""Everything that a profile says, as a page of text: what to set, names, faults, and where the facts come from."""

from collections.abc import Iterator
from textwrap import TextWrapper

from ingest.profiles.description import conditions, faults, origin, samples, upload_names
from ingest.profiles.profile import Part, Profile
from ingest.spool.names import one_line
from ingest.vocabulary import WHAT_TO_DO

_WIDTH = 100
_MOST_CHARACTERS = 1000


def profile_page(profile: Profile) -> str:
    """Return the page of a profile, made from the profile and its samples."""
    shown = samples(profile)
    names = [one_line(one.name) for one in upload_names(profile, shown)] or ["It has no samples."]
    blocks = [
        f"{one_line(profile.name)} ({profile.id})",
        *([] if profile.confirmed else ["Nobody has confirmed this profile from the field yet."]),
        _block("What to set in its menu", [_text(profile.notes) or "No special settings are known."]),
        _block("Names that it sends", names),
        *(_block(title, _part_lines(part)) for title, part in _parts(profile)),
        *([_block("What is known to go wrong", list(_fault_lines(profile)))] if faults(shown) else []),
        _block("Where these facts come from", [_text(profile.evidence)]),
    ]
    return "\n\n".join(blocks)


def _parts(profile: Profile) -> Iterator[tuple[str, Part]]:
    for title, part in (("Photos", profile.image), ("Reports", profile.report)):
        if part:
            yield title, part


def _part_lines(part: Part) -> list[str]:
    known = [f"known by: {one_line(sentence, 600)}" for sentence in conditions(part)]
    required = [f"must tell: {', '.join(part.require)}"] if part.require else []
    return [*known, *required, *(f"{field}: {one_line(origin(rule), 300)}" for field, rule in part.fields.items())]


def _fault_lines(profile: Profile) -> Iterator[str]:
    to_do: dict[str, str] = {str(reason): sentence for reason, sentence in WHAT_TO_DO.items()}
    for code, one in faults(samples(profile)).items():
        yield f"{code}: {one_line(one.name)}"
        if sentence := to_do.get(code):
            yield f"  {sentence}"


def _block(title: str, lines: list[str]) -> str:
    # A path or a pattern is whole, so that it can be copied.
    whole = TextWrapper(
        _WIDTH, initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
    indented = (whole.fill(line) for line in lines)
    return "\n".join([title, *indented])


def _text(text: str) -> str:
    return one_line(" ".join(text.split()), _MOST_CHARACTERS)
