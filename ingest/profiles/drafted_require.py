"""Decides which of its fields a photo must have to be accepted. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.profiles.drafts import ANSWERED, Answers, Choice, Decision

REQUIRE = "require."
"""What the fields of these decisions begin with."""

MUST, MAY = "must", "may"
_NAMES = {"captured_at": "time", "location": "place"}


def decide_required(
    chosen: Mapping[str, Choice], answers: Answers, model: Sequence[str] | None = None
) -> list[Decision]:
    """Decide on time and place, as far as the profile has a rule for them; a photo always needs its camera's ID.

    `model` is what the profile that is the model asks for.
    """
    return list(_decisions(chosen, answers, model))


def required(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Return the fields that a photo must have."""
    asked = [one for one in decisions if one.field.startswith(REQUIRE) and one.chosen and one.chosen.key == MUST]
    return ("camera_id", *(one.field.removeprefix(REQUIRE) for one in asked))


def _decisions(chosen: Mapping[str, Choice], answers: Answers, model: Sequence[str] | None) -> Iterator[Decision]:
    for field in ("captured_at", "location"):
        choice = chosen.get(field) or (chosen.get("latitude") if field == "location" else None)
        if choice is None or not choice.rule:
            continue
        must = Choice(MUST, "must have it", field, choice.reads, _doubt(field, choice))
        may = Choice(MAY, f"may lack it: the photo is accepted without a {_NAMES[field]}", "")
        first = must if field == "captured_at" or choice.fills_all else may
        if model is not None:
            first = must if field in model else may
        because = "every photo has it" if choice.fills_all else "not every photo tells it"
        answer = next((one for one in (must, may) if one.key == answers.get(f"image.{REQUIRE}{field}")), None)
        yield Decision(
            "image",
            f"{REQUIRE}{field}",
            answer or first,
            ANSWERED if answer else because,
            (must, may),
            is_optional=True,
        )


def _doubt(field: str, choice: Choice) -> str:
    if choice.fills_all or field == "captured_at":
        return ""
    lacking = choice.reads.count("") if any(choice.reads) else 0
    if lacking:
        return (
            f"{lacking} of these {len(choice.reads)} photos have none: they are accepted only where the site is known."
        )
    return "These photos tell no place: they are accepted only where the site of their camera is known."
