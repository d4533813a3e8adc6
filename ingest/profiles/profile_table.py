"""Profiles in words: how a camera is known and where its ID comes from; also the table of profiles/README.md."""

from collections.abc import Iterable

from tabulate import tabulate

from ingest.profiles.profile import Part, Profile

_HEADERS = ("camera", "profile", "ID in photos", "ID in reports", "required", "confirmed")


def known_by(profile: Profile) -> str:
    """Return the conditions by which a profile knows a camera's photos, or its reports when it reads no photos."""
    part = profile.image or profile.report
    conditions = part.conditions if part else ()
    found = [f"{condition.shown} ~ {condition.pattern.pattern}" for condition in conditions]
    return ", ".join([*found, *(f"without {source}" for source in (part.absent if part else ()))])


def profiles_markdown(profiles: Iterable[Profile]) -> str:
    """Return the supported cameras as a Markdown table."""
    rows = [
        (
            profile.name,
            f"`{profile.id}`",
            _source(profile.image),
            _source(profile.report),
            _required(profile.image),
            confirmed_words(profile),
        )
        for profile in profiles
    ]
    return tabulate(rows, headers=_HEADERS, tablefmt="github")


def confirmed_words(profile: Profile) -> str:
    """Say whether somebody has seen the profile at work in the field."""
    return "yes" if profile.confirmed else "not yet"


def _source(part: Part | None) -> str:
    if part is None:
        return "not read"
    rule = part.fields["camera_id"]
    return ", ".join(f"`{source}`" for source in rule.sources) or f"always `{rule.value}`"


def _required(part: Part | None) -> str:
    return ", ".join(part.require) if part else ""


def with_table(page: str, table: str) -> str:
    """Return a page with the table between its marks."""
    before, start, rest = page.partition("<!-- table: camspool profiles --markdown -->\n")
    _, end, after = rest.partition("<!-- end of table -->")
    return f"{before}{start}{table}\n{end}{after}"
