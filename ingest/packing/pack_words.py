"""What a sample pack says of itself, in plain words. Pure."""

from collections.abc import Mapping

from ingest.profiles.profile import Profile

_REPLACED = """What was replaced
- IDs of cameras, serial numbers, IMEIs: by made-up ones of the same form, the same for the same camera
- names of accounts and owners, telephone numbers, mail addresses: by letters and digits that mean nothing
- positions: by one place in the sea, in the form in which the camera writes them
- the pictures: by a mosaic or one colour; thumbnails are gone
- texts in photos that the profile does not read: by xxx, and everything else that it does not read by nothing

Each sample was tried: it gives what the real file gave, and none of the real IDs, names and positions is in it.
What is not known to tell somebody stays: times, the names of files, lines of reports, notes in profile.toml.
Look through it before you give it to others.
"""
_CONTRIBUTE = """How to contribute
Send the pack to the people who keep Camspool, or add it yourself: put profile.toml and samples/ into a folder
profiles/{id}/ of the source, run `camspool profile test {id}`, and propose the change.
CONTRIBUTING.md, "How to add", says what a profile of the project needs.
"""


def readme(profile: Profile, files: Mapping[str, bytes], left_out: int, *, keeps_letters: bool) -> str:
    """Return the text of a pack's README."""
    samples = [name for name in files if f"{name}.json" in files]
    lines = [
        f"Sample pack of {profile.name} ({profile.id})",
        "",
        "What is in it",
        "- profile.toml: how Camspool knows and reads the files of this camera type",
        f"- samples/: {len(samples)} {'file' if len(samples) == 1 else 'files'} as its cameras send them, each beside "
        "what Camspool reads in it (.json)",
    ]
    if "confirmation.json" in files:
        lines.append("- confirmation.json: somebody compared ID, time and place with the camera, and they were right")
    if left_out:
        files_were = "file was" if left_out == 1 else "files were"
        lines.append(
            f"{left_out} more {files_were} left out: without real values it could not be shown what they show."
        )
    if keeps_letters:
        lines.append(
            "Of IDs the letters stayed as they were, because the profile asks for them; the digits are made up."
        )
    return "\n".join(lines) + f"\n\n{_REPLACED}\n{_CONTRIBUTE.format(id=profile.id)}"
