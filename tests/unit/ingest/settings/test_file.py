"""The settings file: every mistake is named with file and key."""

from pathlib import Path

import pytest

from ingest.errors import CamspoolError
from ingest.settings.file import load_settings, read_settings
from ingest.settings.values import Settings


def test_the_defaults_apply_without_a_file(tmp_path: Path) -> None:
    assert load_settings(tmp_path, None) == Settings(root=tmp_path)


def test_the_root_given_wins_over_the_files(tmp_path: Path) -> None:
    file = tmp_path / "camspool.toml"
    file.write_text('root = "/elsewhere"\ntime_zone = "Europe/Amsterdam"\n[limits]\nimage_bytes = 5\n')
    assert load_settings(None, file).root == Path("/elsewhere")
    settings = load_settings(tmp_path, file)
    assert (settings.root, settings.time_zone, settings.limits.image_bytes) == (tmp_path, "Europe/Amsterdam", 5)
    assert settings.limits.report_bytes == Settings().limits.report_bytes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour = 1", "unknown setting colour"),
        ("[limits]\nimages = 1", "unknown setting limits.images"),
        ("workers = 'two'", "workers is 'two'; expected a whole number"),
        ("workers = true", "workers is True; expected a whole number"),
        ("workers = 0", "workers is 0; expected 1 to 64"),
        ("workers = 65", "workers is 65"),
        ("[retention]\naccepted_days = 400000", "retention.accepted_days is 400000; expected 1 to 36500, or 0"),
        ("limits = 3", "limits must be a table"),
        ("[limits]\nimage_bytes = -1", "limits.image_bytes is -1"),
        ("[limits]\nimage_bytes = 0", "limits.image_bytes is 0"),
        ("profiles = '/x'", "profiles must be a list of folders"),
        ("time_zone = 'Mars/Olympus'", "time_zone is 'Mars/Olympus'"),
        ("time_zone = '../../etc/passwd'", "time_zone is"),
        ("root = 'relative'", "root is 'relative'"),
        ("[ftps]\nport = 70000", "ftps.port is 70000"),
        ("[ftps]\npassive_first = 5\npassive_last = 4", "ftps.passive_first is above"),
        ("[cameras]\nmust_be_registered = 1", "cameras.must_be_registered is 1; expected true or false"),
        ("[project]\nsampling_design = 'random'", "project.sampling_design is 'random'; expected one of simpleRandom"),
        ("[project]\nmedia_url = '/srv'", "project.media_url is '/srv'; expected https://..."),
        ("[project]\ncontributors = 'Jane'", "project.contributors must be a list of names"),
        ("= 3", "cannot be read"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "camspool.toml"
    file.write_text(text)
    with pytest.raises(CamspoolError) as caught:
        read_settings(file)
    assert str(file) in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_that_was_asked_for_is_said(tmp_path: Path) -> None:
    with pytest.raises(CamspoolError, match="There is no settings file"):
        load_settings(None, tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('issuer = "id.example.org"\nclient_id = "c"', "expected https://"),
        ('issuer = "http://id.example.org"\nclient_id = "c"', "expected https://"),
        ('issuer = "https://"\nclient_id = "c"', "expected https://"),
        ('issuer = "https://id.example.org"', "provider.client_id is missing"),
        (
            'issuer = "https://id.example.org"\nclient_id = "c"\nclient_secret_file = "x"',
            "expected a path with / first",
        ),
    ],
)
def test_half_a_provider_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "camspool.toml").write_text(f"[provider]\n{text}\n")
    with pytest.raises(CamspoolError, match=sentence):
        read_settings(tmp_path / "camspool.toml")


def test_a_provider_on_this_machine_may_do_without_tls(tmp_path: Path) -> None:
    (tmp_path / "camspool.toml").write_text('[provider]\nissuer = "http://127.0.0.1:5000"\nclient_id = "c"\n')
    assert read_settings(tmp_path / "camspool.toml").provider.is_set
