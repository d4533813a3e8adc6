"""The closed lists: why a file is rejected, what is doubtful about an accepted one, and what to do about each."""

from typing import Literal, get_args

SELF_TEST = "canary"
"""The profile, the camera and the name under which `camspool canary` sends photos and has them deleted again."""

Verdict = Literal["accepted", "rejected"]
Kind = Literal["image", "report", "other"]
Source = Literal["ftps", "upload", "local"]
Transfer = Literal["whole", "unclosed", "cut", "withdrawn"]
"""How an upload ended: acknowledged, with a TLS goodbye or without; broken off; deleted again by its own connection."""

MAY_LACK_REST: frozenset[Transfer | None] = frozenset({"unclosed", "cut"})
"""Ends after which only the content tells whether all of a file is here."""

Reason = Literal[
    "unsupported_file_type",
    "empty_file",
    "file_too_large",
    "not_a_jpeg",
    "broken_jpeg",
    "no_metadata",
    "unreadable_metadata",
    "no_matching_profile",
    "ambiguous_profile",
    "missing_camera_id",
    "bad_camera_id",
    "missing_datetime",
    "bad_datetime",
    "missing_location",
    "invalid_location",
    "unparsable_report",
    "unknown_camera",
    "duplicate",
    "connection_test",
    "withdrawn",
    "internal_error",
]

WarningCode = Literal[
    "truncated",
    "clock_ahead",
    "clock_far_behind",
    "clock_offset_mismatch",
    "no_datetime",
    "identifier_check_failed",
    "low_resolution",
    "metadata_partly_unreadable",
    "unknown_report_lines",
    "unreadable_report_values",
    "several_reports",
    "changed_on_disk",
    "mixed_camera",
]

REASONS: tuple[Reason, ...] = get_args(Reason)
WARNINGS: tuple[WarningCode, ...] = get_args(WarningCode)

UNUSABLE: tuple[Reason, ...] = ("unsupported_file_type", "file_too_large", "not_a_jpeg")
"""What can never be accepted, however often it is tried: it is kept for a shorter time, and goes first for room."""

BY_PROFILE: tuple[Reason, ...] = (
    "no_metadata",
    "unreadable_metadata",
    "no_matching_profile",
    "ambiguous_profile",
    "missing_camera_id",
    "bad_camera_id",
    "missing_datetime",
    "bad_datetime",
    "missing_location",
    "invalid_location",
    "unknown_camera",
)
"""What another profile may accept: nothing is wrong with the file itself, and it is here only once."""

AWAITING_SITE: tuple[Reason, ...] = ("missing_location", "invalid_location")
"""What ends when the site of the camera is entered, where its profile takes the site."""

WHAT_TO_DO: dict[Reason, str] = {
    "unsupported_file_type": "Camspool takes JPEG photos and written reports. Set the camera to photos only.",
    "empty_file": "The camera sent a file without content. If it happens again, check its SD card.",
    "file_too_large": "Choose a smaller picture size in the camera's menu.",
    "not_a_jpeg": "The name says JPEG, the content does not. Check which format the camera is set to.",
    "broken_jpeg": "Nothing of the picture can be shown. If it happens again, check the camera's SD card and signal.",
    "no_metadata": "Photos of such a name have EXIF, but not this one. Send originals, not copies from an app.",
    "unreadable_metadata": "The EXIF block is damaged. If all files of a camera are so, its firmware is at fault.",
    "no_matching_profile": "No profile knows this camera type. Teach it: on the file's page, or camspool profile new.",
    "ambiguous_profile": "Two profiles claim the file. Make their `match` conditions exclude each other.",
    "missing_camera_id": "The file does not say which camera took it. Accept it with an ID, and set one in the camera.",
    "bad_camera_id": "The camera ID has characters that Camspool does not take. Change it in the camera.",
    "missing_datetime": "The photo has no date. Accept it with its time; set the clock for those to come.",
    "bad_datetime": "The photo's date cannot be one. Accept it with its time; set the clock for those to come.",
    "missing_location": "The photo has no position. Enter the camera's site: photos that are here are tried again.",
    "invalid_location": "The position is impossible. Enter the camera's site: photos that are here are tried again.",
    "unparsable_report": "The report has no readable `key:value`. Look at the file; its format may be new.",
    "unknown_camera": "The camera is not registered. Add it on the Cameras page, then try it again.",
    "duplicate": "The same file is here already; nothing to do.",
    "connection_test": "The camera's Test button works; nothing to do.",
    "withdrawn": "The camera deleted this file again, as some do to test. It is kept here; Try again takes it in.",
    "internal_error": "Camspool failed on this file. Please report the traceback in its sidecar, then try it again.",
}
