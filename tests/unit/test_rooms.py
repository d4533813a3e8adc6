"""The house: which rooms `ingest/` has, in which order they stand, who may use what, and that tests mirror it."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
INGEST = REPOSITORY / "ingest"
ROOMS = sorted(file.parent for file in INGEST.glob("*/__init__.py"))


def modules(*packages: str) -> list[Path]:
    """Return the Python files of packages, relative to the repository."""
    return [file.relative_to(REPOSITORY) for name in packages for file in sorted((REPOSITORY / name).rglob("*.py"))]


def imported(file: Path) -> Iterator[str]:
    """Yield the dotted names of the modules that a file imports from."""
    for node in ast.walk(ast.parse((REPOSITORY / file).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def named_by(room: Path) -> list[str]:
    """Return what a room's `__all__` names."""
    for node in ast.parse((room / "__init__.py").read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(node.value)]
    return []


def has_functions(file: Path) -> bool:
    tree = ast.parse((REPOSITORY / file).read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


def test_the_front_door_has_four_modules_and_everything_else_has_a_room() -> None:
    top = {file.stem for file in INGEST.glob("*.py")} - {"__init__"}
    assert top == {"pipeline", "errors", "vocabulary", "trial"}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_in_one_sentence_what_it_knows_and_names_what_others_may_use(room: Path) -> None:
    sentence = ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))) or ""
    assert sentence.endswith(".") and "\n" not in sentence
    names = named_by(room)
    assert names and names == sorted(names)
    assert [name for name in names if not (room / f"{name}.py").exists()] == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_nobody_uses_of_a_room_what_it_does_not_name(room: Path) -> None:
    allowed = {f"ingest.{room.name}", *(f"ingest.{room.name}.{name}" for name in named_by(room))}
    uses = [
        f"{file} imports {name}"
        for file in modules("ingest", "webadmin")
        if not file.is_relative_to(room.relative_to(REPOSITORY))
        for name in imported(file)
        if name.startswith(f"ingest.{room.name}.") and name not in allowed
    ]
    assert uses == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param("ingest/spool/names.py", "import ingest.watching.watcher", id="a room imports one above it"),
        pytest.param("ingest/connections/log.py", "import ingest.index.store", id="a room imports its neighbour"),
        pytest.param("ingest/pipeline.py", "import webadmin.app", id="the gateway imports the admin"),
        pytest.param("webadmin/app.py", "import ingest.commands.main", id="the admin imports the command line"),
    ],
)
def test_the_order_of_the_rooms_is_held(tmp_path: Path, file: str, line: str) -> None:
    for package in ("ingest", "webadmin"):
        shutil.copytree(REPOSITORY / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    with (tmp_path / file).open("a") as module:
        module.write(f"\n{line}\n")
    lint_imports = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run(
        [lint_imports, "--no-cache", "--no-logo"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert "BROKEN" in found.stdout and line.removeprefix("import ") in found.stdout


@pytest.mark.parametrize("package", ["ingest", "webadmin"])
def test_every_module_with_functions_has_a_test_file_of_its_name(package: str) -> None:
    missing = [
        str(file)
        for file in modules(package)
        if has_functions(file) and not (REPOSITORY / "tests/unit" / file.parent / f"test_{file.name}").exists()
    ]
    assert missing == []
