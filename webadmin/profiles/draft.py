"""Drafts a profile from one file: its make and model as conditions, and the places where its values may be. Pure."""

import json
import re
from collections.abc import Mapping
from typing import Any

from ingest.names import one_line
from ingest.sidecar import Sidecar

_DIGITS = re.compile(r"(?<!\d)\d{15}(?!\d)")
_ID_TAGS = ("BodySerialNumber", "SerialNumber", "CameraSerialNumber", "CameraOwnerName")


def draft_profile(sidecar: Sidecar) -> str:
    """Return the text of a profile.toml to be checked by a person: what could not be found is said in comments."""
    exif = sidecar.exif
    name = " ".join(_text(exif.get(tag)) for tag in ("Make", "Model")).strip() or "New camera"
    lines = [
        "# A draft from one file. Check every line, add samples, then run: camspool profile test",
        f"name = {_quoted(name)}",
        f"evidence = {_quoted(f'One file received {sidecar.received_at[:10]}: {one_line(sidecar.upload_path, 80)}')}",
        "",
        "[image]",
        f"match = {{ {_match(exif, sidecar.upload_path)} }}",
        'require = ["camera_id", "captured_at", "location"]',
    ]
    path = _path_with_id(sidecar.upload_path)
    lines += [f"path = '{path}'"] if path and not _id_tag(exif) else []
    lines += ["", "[image.fields]", _camera_id(exif, path), *_time(exif), *_location(exif)]
    return "\n".join(lines) + "\n"


def _match(exif: Mapping[str, Any], upload_path: str) -> str:
    found = [
        f'"exif.{tag}" = {_quoted("^" + re.escape(_text(exif[tag])))}' for tag in ("Make", "Model") if exif.get(tag)
    ]
    return ", ".join(found) or f'"path" = {_quoted("^" + re.escape(upload_path.rpartition("/")[0] or upload_path[:4]))}'


def _id_tag(exif: Mapping[str, Any]) -> str | None:
    return next((tag for tag in _ID_TAGS if exif.get(tag)), None)


def _path_with_id(upload_path: str) -> str | None:
    return r"(?<!\d)(?P<id>\d{15})(?!\d)" if _DIGITS.search(upload_path) else None


def _camera_id(exif: Mapping[str, Any], path: str | None) -> str:
    tag = _id_tag(exif)
    if tag:
        check = ', check = "imei"' if _DIGITS.fullmatch(_text(exif[tag])) else ""
        return f'camera_id   = {{ from = "exif.{tag}"{check} }}'
    if path:
        return 'camera_id   = { from = "path.id", check = "imei" }'
    return '# No ID was found. Where each camera has an FTPS account of its own:\ncamera_id   = { from = "account" }'


def _time(exif: Mapping[str, Any]) -> list[str]:
    tag = next((one for one in ("DateTimeOriginal", "DateTimeDigitized", "DateTime") if exif.get(one)), None)
    if tag is None:
        return ["# No date was found: take it from the path, or remove captured_at from `require`."]
    return [f'captured_at = {{ from = "exif.{tag}", as = "datetime", format = "%Y:%m:%d %H:%M:%S" }}']


def _location(exif: Mapping[str, Any]) -> list[str]:
    if any(tag.startswith("GPSL") for tag in exif):
        return ['location    = { from = "exif.GPS" }']
    return ["# No GPS was found: take it from the path, or remove location from `require`."]


def _text(value: object) -> str:
    return one_line(str(value or ""), 100).strip()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)
