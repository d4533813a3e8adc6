"""Decides in what encoding texts are that are not UTF-8, where the ID, the time or a condition looks at them. Pure."""

from collections.abc import Collection, Sequence

from ingest.profiles.drafts import ANSWERED, OWN, Choice, Decision
from ingest.profiles.joined import names_in
from ingest.profiles.sources import Subject, in_encoding, look_up
from ingest.reading.exif_values import is_encoding

ENCODINGS = {
    "gbk": "Chinese (GBK)",
    "big5": "Chinese (Big5)",
    "cp932": "Japanese (Shift JIS)",
    "euc-kr": "Korean (EUC-KR)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp1250": "Central European (Windows-1250)",
    "cp1252": "Western European (Windows-1252)",
}
"""Encodings that cameras write, and how people know them."""

NONE = "none"
_ASK = "A text that these files are known or named by is not in UTF-8. In which of these does it read as it should?"


def read_in(answer: str | None, own: str, subjects: Sequence[Subject]) -> list[Subject]:
    """Return the files with their texts in the encoding that was chosen."""
    chosen = own if own and answer in (None, OWN) else answer if answer in ENCODINGS else ""
    return [in_encoding(chosen, one) for one in subjects] if chosen and is_encoding(chosen) else list(subjects)


def decide_encoding(
    subjects: Sequence[Subject], used: Collection[str], of_id: Collection[str], answer: str | None, own: str
) -> Decision | None:
    """Return what encoding the used sources are in, None where it does not matter; `own` is the profile's own.

    It is asked for where the ID comes from such a text, one of `of_id`: another reading would be another camera.
    """
    sources = [source for source in dict.fromkeys(used) if any(_raw(source, one) for one in subjects)]
    own_choice = [Choice(OWN, f"{own}, as the profile says", own)] if own and is_encoding(own) else []
    if not sources and not own_choice:
        return None
    raw = [[_raw(source, one) for source in sources] for one in subjects]
    none = Choice(NONE, "as it is: UTF-8, or else Western European (Latin-1)", "", _reads(sources, subjects, None))
    named = [
        Choice(name, words, name, _reads(sources, subjects, name))
        for name, words in ENCODINGS.items()
        if all(_decodes(one, name) for several in raw for one in several if one)
    ]
    choices = (none, *named, *own_choice)
    taken = next((one for one in choices if one.key == (answer or (OWN if own_choice else ""))), None)
    because = f"{', '.join(sources)} has characters that are not in UTF-8" if sources else "the profile says so"
    is_id = any(source in of_id for source in sources)
    question = _ASK if is_id and named and not taken else ""
    return Decision(
        "image", "encoding", taken or none, ANSWERED if taken else because, choices, question, is_optional=True
    )


def sources_of(texts: Sequence[str]) -> list[str]:
    """Return the single sources that these sources, which may join others, look at."""
    return [name for text in texts for one in text.split("|") for name in names_in(one.strip())]


def _raw(source: str, subject: Subject) -> bytes:
    """Return the bytes of a source that are not UTF-8, none where they are."""
    raw = subject.comment if source == "comment" else subject.foreign.get(source.removeprefix("exif."), b"")
    raw = raw.partition(b"\0")[0]
    return b"" if _decodes(raw, "utf-8") else raw


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeError:
        return False
    return True


def _reads(sources: Sequence[str], subjects: Sequence[Subject], encoding: str | None) -> tuple[str, ...]:
    seen = [in_encoding(encoding, one) for one in subjects]
    return tuple("; ".join(text for source in sources if (text := look_up(source, one))) for one in seen)
