"""A release and its settings come and go together, also one that knows a setting that the former one refuses."""

import sys
from pathlib import Path
from typing import Any

from tests.integration.deploying import ANSIBLE, PROGRAMS, Played, play, put_playbook, put_release

RELEASES = "/opt/camspool/releases"
KNOWN = f'"{PROGRAMS}/camspool" --config /etc/camspool/camspool.toml settings --check'
OLD = f"""case "$*" in
    start-the-watcher) {KNOWN} ;;
    *canary*) exit 0 ;;
    *) exec "{PROGRAMS}/camspool" "$@" ;;
esac"""
"""Does what the present release does, and its watcher starts when it takes the settings."""
NEW = """case "$*" in
    start-the-watcher) {end} ;;
    *canary*|*settings*) exit 0 ;;
esac"""
"""Takes any setting; whether its watcher starts is told by `end`."""
SHOW = [
    ["readlink", "/opt/camspool/current"],
    ["grep", "-c", "marvel", "/etc/camspool/camspool.toml"],
    ["systemctl", "restart", "camspool-watch"],
]


def _deploy(folder: Path, name: str, release: str, before: str, **variables: Any) -> list[str]:
    found = {
        "ingest_release": f"{RELEASES}/{release}",
        "ingest_name": {"stdout": release},
        "ingest_before": {"stdout": before and f"{RELEASES}/{before}"},
        **variables,
    }
    return put_playbook(folder, name, ["settings.yml", "switch.yml"], found)


def _upgrade(folder: Path, new: str, *then: list[str]) -> Played:
    """Deploy an old release, then one that adds the setting `marvel`; then do what is told."""
    put_release(folder / "made", "old", OLD)
    put_release(folder / "made", "new", new)
    copied = ["cp", "-r", f"{folder}/made/old", f"{folder}/made/new", RELEASES]
    first = _deploy(folder, "first", "old", "")
    second = _deploy(folder, "second", "new", "old", ingest_limits={"marvel": 3})
    return play(folder, [copied, first, second, *then, *SHOW])


def test_a_release_that_adds_a_setting_and_does_not_start_is_gone_back_from_with_its_settings(tmp_path: Path) -> None:
    played = _upgrade(tmp_path, NEW.format(end="exit 1"))
    copied, first, second, _, marvels, restarted = played.statuses
    assert (copied, first) == (0, 0), played.said
    assert second != 0 and "The release new does not run on localhost; it goes on with old." in played.said
    assert f"{RELEASES}/old\n" in played.said
    assert (marvels, restarted) == (1, 0), played.said


def test_the_way_back_takes_the_settings_that_the_former_release_ran_with(tmp_path: Path) -> None:
    here = ["-i", "localhost,", "-c", "local", "-e", f"ansible_python_interpreter={sys.executable}"]
    back = ["ansible-playbook", *here, f"{tmp_path}/rollback.yml"]
    text = (ANSIBLE / "rollback.yml").read_text("utf-8").replace("become: true", "become: false")
    (tmp_path / "rollback.yml").write_text(text)
    link = ["ln", "-s", f"{RELEASES}/old", "/opt/camspool/previous"]
    played = _upgrade(tmp_path, NEW.format(end="exit 0"), link, back)
    copied, first, second, linked, went_back, _, marvels, restarted = played.statuses
    assert (copied, first, second, linked, went_back) == (0, 0, 0, 0, 0), played.said
    assert f"{RELEASES}/old\n" in played.said
    assert (marvels, restarted) == (1, 0), played.said


def test_settings_that_stay_leave_nothing_to_change(tmp_path: Path) -> None:
    put_release(tmp_path / "made", "old", OLD)
    copied = ["cp", "-r", f"{tmp_path}/made/old", RELEASES]
    first, again = _deploy(tmp_path, "first", "old", ""), _deploy(tmp_path, "again", "old", "old")
    played = play(tmp_path, [copied, first, again])
    assert played.statuses == (0, 0, 0), played.said
    assert "changed=0" in played.said.rpartition("PLAY RECAP")[2]
