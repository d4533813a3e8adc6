"""What is not measured, or was long ago, is red."""

from webadmin.overview.lights import STALE_S, TITLES, Lights


def test_what_cannot_be_measured_is_red() -> None:
    def fails() -> dict[str, object]:
        raise OSError("no disk")

    broken = Lights(fails).parts()
    assert [(part["name"], part["state"]) for part in broken] == [(name, "bad") for name in TITLES]
    partly = Lights(lambda: {"parts": [{"name": "queue", "state": "good", "sentence": "", "figures": {}}]}).parts()
    assert {part["name"]: part["state"] for part in partly} == {**dict.fromkeys(TITLES, "bad"), "queue": "good"}


def test_what_was_measured_long_ago_is_red() -> None:
    part = {"name": "queue", "state": "good", "sentence": "", "figures": {}}
    answers = iter([{"parts": [part]}])
    lights = Lights(lambda: next(answers))
    assert any(one["state"] == "good" for one in lights.parts())
    lights._measured_at -= STALE_S + 1
    assert {one["state"] for one in lights.parts()} == {"bad"}
