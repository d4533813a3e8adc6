"""The playbook: lint at its strictest, settings that Camspool knows, and every default explained."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import Environment, StrictUndefined

from ingest.errors import CamspoolError
from ingest.settings.file import parse_settings
from ingest.settings.targets import defaults_of
from ingest.settings.values import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
ANSIBLE = REPOSITORY / "ansible"
ROLES = sorted(folder for folder in (ANSIBLE / "roles").iterdir() if folder.is_dir())
PROGRAMS = Path(sys.executable).parent


def run(*words: str, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{PROGRAMS}:{os.environ['PATH']}", "NO_COLOR": "1"}
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.timeout(300)
def test_ansible_lint_is_content_at_the_profile_for_production() -> None:
    found = run("ansible-lint", "--offline", "--profile", "production", "-q", "ansible/")
    assert found.returncode == 0, found.stdout + found.stderr


def test_nothing_is_hidden_from_ansible_lint() -> None:
    assert not list(REPOSITORY.glob(".ansible-lint*")), "a configuration could skip rules"
    for file in ANSIBLE.rglob("*.yml"):
        assert "noqa" not in file.read_text("utf-8"), file


@pytest.mark.parametrize("playbook", ["site.yml", "verify.yml", "rollback.yml", "uninstall.yml", "restore.yml"])
def test_a_playbook_reads_with_the_examples(playbook: str, tmp_path: Path) -> None:
    (tmp_path / "inventory.yml").write_text((ANSIBLE / "inventory.yml.example").read_text("utf-8"))
    (tmp_path / "group_vars").mkdir()
    (tmp_path / "group_vars/dev.yml").write_text((ANSIBLE / "group_vars/dev.yml.example").read_text("utf-8"))
    found = run("ansible-playbook", "-i", str(tmp_path / "inventory.yml"), f"ansible/{playbook}", "--syntax-check")
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_passwords_may_be_encrypted(tmp_path: Path) -> None:
    (tmp_path / "inventory.yml").write_text((ANSIBLE / "inventory.yml.example").read_text("utf-8"))
    (tmp_path / "group_vars").mkdir()
    secrets, key = tmp_path / "group_vars/dev.yml", tmp_path / "key"
    secrets.write_text("ftps_password: four buttons and a lens\n")
    key.write_text("of the vault\n")
    made = run("ansible-vault", "encrypt", "--vault-password-file", str(key), str(secrets))
    assert made.returncode == 0 and "buttons" not in secrets.read_text("utf-8"), made.stderr
    words = ("ansible-inventory", "-i", str(tmp_path / "inventory.yml"), "--host", "gateway")
    assert "four buttons and a lens" in run(*words, "--vault-password-file", str(key)).stdout
    assert run(*words).returncode != 0


def defaults(role: Path) -> dict[str, Any]:
    file = role / "defaults/main.yml"
    return (yaml.safe_load(file.read_text("utf-8")) or {}) if file.exists() else {}


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_default_of_a_role_is_checked_and_explained(role: Path) -> None:
    specification = yaml.safe_load((role / "meta/argument_specs.yml").read_text("utf-8"))["argument_specs"]["main"]
    assert set(defaults(role)) <= set(specification["options"])
    if not defaults(role):
        return
    lines = (role / "defaults/main.yml").read_text("utf-8").splitlines()
    explained = False
    for line in lines[1:]:
        if line.startswith("#"):
            explained = True
        elif re.match(r"\w+:", line):
            assert explained, f"{role.name}: {line} has no comment above it"
        elif not line:
            explained = False


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_a_role_s_main_file_reads_like_a_table_of_contents(role: Path) -> None:
    main = (role / "tasks/main.yml").read_text("utf-8")
    assert len(main.splitlines()) <= 40
    tasks = yaml.safe_load(main)
    assert all(task["name"][0].isupper() for task in tasks)


def rendered_settings(**changed: Any) -> str:
    """Render the settings file as the role does: with the defaults of all roles."""
    variables: dict[str, Any] = {"ansible_managed": "managed", "certificate_domain": "gateway.example.org"}
    for role in ROLES:
        variables |= defaults(role)
    variables |= {"ftps_host": variables["certificate_domain"], **changed}
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701
    environment.filters["to_json"] = json.dumps
    template = (ANSIBLE / "roles/ingest/templates/camspool.toml.j2").read_text("utf-8")
    return environment.from_string(template).render(variables)


def test_the_settings_file_names_only_keys_that_camspool_knows() -> None:
    text = rendered_settings(
        ingest_limits={"reserve_bytes": 1}, ingest_clock={"behind_days": 2}, ingest_retention={"rejected_days": 3}
    )
    settings = parse_settings(tomllib.loads(text), "camspool.toml")
    assert (settings.limits.reserve_bytes, settings.clock.behind_days, settings.retention.rejected_days) == (1, 2, 3)


def test_a_project_is_written_as_people_write_it() -> None:
    project = {"title": 'Ötter "am" Fluß 🦦', "contributors": ["Jörg <j@example.org>"], "sampling_design": "targeted"}
    settings = parse_settings(tomllib.loads(rendered_settings(ingest_project=project)), "camspool.toml")
    assert settings.project.title == project["title"] and settings.project.contributors == ("Jörg <j@example.org>",)


def test_without_values_of_its_own_a_host_has_the_documented_defaults() -> None:
    settings = parse_settings(tomllib.loads(rendered_settings(ftps_host="", certificate_domain="")), "camspool.toml")
    assert settings == Settings()


def test_links_lead_to_the_domain_and_port_of_the_admin_or_where_the_operator_says() -> None:
    def url(**changed: Any) -> str:
        text = rendered_settings(**{"certificate_domain": "gateway.example.org", **changed})
        return parse_settings(tomllib.loads(text), "camspool.toml").admin.url

    assert url() == "https://gateway.example.org"
    assert url(webadmin_port=8443) == "https://gateway.example.org:8443"
    assert url(webadmin_url="https://traps.example.org/") == "https://traps.example.org/"


def test_text_in_settings_cannot_break_out_of_its_quotes() -> None:
    text = rendered_settings(ftps_host='a"\nworkers = 64')
    assert parse_settings(tomllib.loads(text), "camspool.toml").ftps.host == 'a"\nworkers = 64'


def test_targets_become_tables_of_the_settings_file() -> None:
    hook = {"kind": "command", "command": ["/usr/local/bin/tell", 'a "word" \\ 🦌'], "seconds": 5, "cameras": ["north"]}
    targets = {
        "hook": hook,
        "nas-2": {"kind": "folder", "folder": "/mnt/näs", "link": True},
        "store": {"kind": "archive", "remote": "store:traps", "config_file": "/etc/camspool/targets/store"},
    }
    text = rendered_settings(outbox_targets=targets, ingest_gateway="river")
    settings = parse_settings(tomllib.loads(text), "camspool.toml")
    assert tomllib.loads(text)["targets"] == targets
    assert settings.gateway == "river"
    assert [(target.name, target.kind) for target in settings.targets] == [
        ("hook", "command"),
        ("nas-2", "folder"),
        ("store", "archive"),
    ]


def test_a_target_s_name_cannot_break_out_of_its_table() -> None:
    name = 'x"]\nworkers = 64\n[targets."y'
    text = rendered_settings(outbox_targets={name: {"kind": "folder", "folder": "/mnt/nas"}})
    with pytest.raises(CamspoolError, match="cannot be a target's name"):
        parse_settings(tomllib.loads(text), "camspool.toml")


def rendered_addition(targets: dict[str, Any]) -> list[str]:
    """Render what is added to the outbox's unit; return its lines but the first, which is a comment."""
    environment = Environment(undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - no HTML
    template = (ANSIBLE / "roles/outbox/templates/targets.conf.j2").read_text("utf-8")
    return environment.from_string(template).render(ansible_managed="managed", outbox_targets=targets).splitlines()[1:]


def test_the_outbox_may_write_into_folders_of_targets_and_nowhere_else() -> None:
    added = rendered_addition(
        {
            "nas": {"kind": "folder", "folder": '/mnt/the "nas"/100%'},
            "disk": {"kind": "archive", "remote": "/mnt/disk"},
            "store": {"kind": "archive", "remote": "store:bucket"},
            "web": {"kind": "webhook", "url": "https://example.org/hook"},
        }
    )
    assert added == ["[Service]", r'ReadWritePaths="-/mnt/the \"nas\"/100%%"', 'ReadWritePaths="-/mnt/disk"']


def test_the_memory_of_a_target_s_programs_comes_on_top_of_the_outbox_s_own() -> None:
    mib = 1024**2
    program = {"kind": "command", "command": ["/usr/bin/true"]}
    added = rendered_addition({"one": program, "two": {**program, "memory_bytes": 4096 * mib}})
    default = defaults_of("command")[1].memory_bytes
    assert added[-1] == f"MemoryMax={1024 * mib + default + 4096 * mib}"


def test_secrets_are_never_shown() -> None:
    for file in ANSIBLE.rglob("tasks/*.yml"):
        for task in yaml.safe_load(file.read_text("utf-8")) or []:
            writes = any(key in task for key in ("ftps_accounts", "webadmin_admin", "ansible.builtin.copy"))
            if writes and re.search(r"ftps_password|webadmin_password|outbox_secrets", str(task)):
                assert task.get("no_log"), f"{file}: {task['name']}"


@pytest.mark.parametrize("unit", sorted((REPOSITORY / "systemd").glob("*.service")), ids=lambda unit: unit.name)
def test_what_needs_the_spool_waits_for_its_disk(unit: Path) -> None:
    text = unit.read_text("utf-8")
    if re.search(r"^(ReadWritePaths|ExecStart)=.*/srv/camspool", text, re.MULTILINE):
        head = text.partition("[Service]")[0]
        assert re.search(r"^RequiresMountsFor=/srv/camspool$", head, re.MULTILINE), unit.name


def test_verify_hands_the_password_over_where_nobody_sees_it() -> None:
    (play,) = yaml.safe_load((ANSIBLE / "verify.yml").read_text("utf-8"))
    (task,) = (task for task in play["tasks"] if "ftps_password" in str(task))
    assert task["no_log"]
    command = task["ansible.builtin.command"]
    assert "ftps_password" not in command["cmd"] and "ftps_password" in command["stdin"]
    assert "environment" not in task
