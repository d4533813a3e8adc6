"""Drafts a profile.toml from files of a new camera type: a start that loads and claims them, for a person to finish."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from ingest.profiles.report_drafting import FOLDER, can_be_named, quoted, report_block
from ingest.reading.facts import Facts

_SERIALS = ("BodySerialNumber", "CameraSerialNumber", "SerialNumber", "CameraOwnerName")
_TIMES = ("DateTimeOriginal", "DateTimeDigitized", "DateTime")
_NAME_TIMES = (
    (r"[0-9]{4}-[0-9]{2}-[0-9]{2}_[0-9]{2}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d_%H-%M-%S"),
    (r"20[0-9]{12}", "%Y%m%d%H%M%S"),
    (r"[0-9]{4}20[0-9]{8}", "%d%m%Y%H%M%S"),
)
_IMEI = r"(?<![0-9A-Za-z])(?P<imei>[0-9]{15})(?![0-9A-Za-z])"
_LONGEST = 100


def draft(name: str, files: Mapping[str, Facts], today: date) -> str:
    """Return the text of a profile.toml for the first photo and the first report among the files (by upload path)."""
    photo = next(((path, facts) for path, facts in files.items() if facts.kind == "image"), None)
    report = next(((path, facts) for path, facts in files.items() if any(map(can_be_named, facts.report))), None)
    blocks = [
        f"name = {quoted(name)}\n"
        f"evidence = {quoted(f'Files given on {today}: say whose they are and where they come from')}\n"
        'notes = "A draft: loosen or tighten the patterns until the samples do what you expect."'
    ]
    if photo:
        blocks.append(_image(*photo))
    if report:
        blocks.append(report_block(report[0], report[1].report))
    return "\n\n".join(blocks) + "\n"


def _image(path: str, facts: Facts) -> str:
    match = {f"exif.{tag}": _exactly(str(facts.exif[tag])) for tag in ("Make", "Model") if facts.exif.get(tag)}
    camera_id, path_pattern = _camera_id(path, facts)
    captured_at, time_pattern = _captured_at(path, facts)
    if not match:
        match = {"path": _path_like(path)}
    path_patterns = _in_order((path_pattern, time_pattern), path)
    fields = [f"camera_id = {camera_id}"]
    fields += [f"captured_at = {captured_at}"] if captured_at else []
    fields += ['location = { from = "exif.GPS" }'] if "GPSLatitude" in facts.exif else []
    require = ["camera_id", *(["captured_at"] if captured_at else []), *(["location"] if len(fields) == 3 else [])]
    lines = [
        "[image]",
        f"match = {{ {', '.join(f'{quoted(key)} = {quoted(value)}' for key, value in match.items())} }}",
    ]
    lines += [f"path = {quoted(path_patterns)}"] if path_patterns else []
    lines += [f"require = {json.dumps(require)}", "", "[image.fields]", *fields]
    return "\n".join(lines)


def _exactly(text: str) -> str:
    """Return a pattern for this text alone: others may begin like it. Very long text is taken for its beginning."""
    return f"^{_escaped(text)}$" if len(text) <= _LONGEST else f"^{_escaped(text[:_LONGEST])}"


def _escaped(text: str) -> str:
    """Return a pattern for this text, in which every character can be seen; spaces stay as they are read."""
    return "".join(_escaped_character(character) for character in text)


def _escaped_character(character: str) -> str:
    if not character.isprintable():
        return "(?s:.)"  # a bare dot is no line end
    return character if character == " " else re.escape(character)


def _camera_id(path: str, facts: Facts) -> tuple[str, str | None]:
    for tag in _SERIALS:
        if facts.exif.get(tag):
            return f'{{ from = "exif.{tag}" }}', None
    if re.search(_IMEI, path):
        return '{ from = "path.imei", check = "imei" }', _IMEI
    if re.search(FOLDER, path):
        return '{ from = "path.folder" }', FOLDER
    return '{ from = "account" }  # no ID found in the file: give each camera its own account', None


def _captured_at(path: str, facts: Facts) -> tuple[str | None, str | None]:
    for tag in _TIMES:
        if facts.exif.get(tag):
            return f'{{ from = "exif.{tag}", as = "datetime", format = "%Y:%m:%d %H:%M:%S" }}', None
    for digits, form in _NAME_TIMES:
        pattern = f"(?<![0-9])(?P<time>{digits})(?![0-9])"
        if (found := re.search(pattern, path)) and _is_time(found["time"], form):
            return f'{{ from = "path.time", as = "datetime", format = "{form}" }}', pattern
    return None, None


def _is_time(text: str, form: str) -> bool:
    try:
        datetime.strptime(text, form)  # noqa: DTZ007 - a camera's clock has no zone
    except ValueError:
        return False
    return True


def _in_order(patterns: Iterable[str | None], path: str) -> str:
    """Join patterns that are found in a path, in the order in which they are."""
    found = ((match.start(), pattern) for pattern in patterns if pattern and (match := re.search(pattern, path)))
    return ".*?".join(pattern for _, pattern in sorted(found))


def _path_like(path: str) -> str:
    """Return a pattern for paths like this one: any digits where it has digits."""
    return "^" + re.sub(r"[0-9]+", "[0-9]+", _escaped(path)) + "$"
