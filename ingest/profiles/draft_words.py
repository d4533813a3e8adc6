"""A draft as lines for a person: what was chosen and why, what was left out, and what has to be answered. Pure."""

from collections.abc import Iterator

from ingest.profiles.drafts import ANSWERED, Choice, Decision, Draft
from ingest.spool.names import one_line

_MOST_READS = 3
_MANY = ("known.", "require.", "like")
_OF_REPORTS = ("camera_id", "reported_at")


def draft_lines(draft: Draft) -> list[str]:
    """Return the lines about a draft, its questions last."""
    lines = [f"Photos known by: {one_line('; '.join(draft.known_by))}."] if draft.known_by else []
    for one in draft.decisions:
        if one.chosen and not one.question and (one.because == ANSWERED or not _is_of_many(one)):
            lines.append(f"{one.name}: {choice_words(one.chosen)}; {one_line(one.because)}.")
    if draft.left_out:
        shown = ", ".join(one_line(path, 80) for path in draft.left_out[:_MOST_READS])
        lines.append(
            f"Not drafted for, as they are of another type or no photos: {len(draft.left_out)}, such as {shown}."
        )
    for one in draft.questions:
        lines += _question(one)
    return lines


def _is_of_many(decision: Decision) -> bool:
    """Say whether there are so many like it that it is told only where a person made it."""
    return decision.field.startswith(_MANY) or (decision.part == "report" and decision.field not in _OF_REPORTS)


def _question(decision: Decision) -> Iterator[str]:
    yield f"To be answered: {one_line(decision.question, 500)}"
    for choice in decision.choices:
        yield f"  --choose '{decision.name}={choice.key}'"
        yield f"      {choice_words(choice)}" + (f". {choice.doubt}" if choice.doubt else "")


def choice_words(choice: Choice) -> str:
    """Return what a choice takes, and what it gives for the first files.

    >>> choice_words(Choice("a", "the tag Model", "", ("A", "B", "B", "")))
    'the tag Model (A, B)'
    """
    reads = list(dict.fromkeys(one_line(text, 60) for text in choice.reads if text))
    more = ", …" if len(reads) > _MOST_READS else ""
    return one_line(choice.words) + (f" ({', '.join(reads[:_MOST_READS])}{more})" if reads else "")
