"""Loads what Ansible loads from a role's folders."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROLES = Path(__file__).resolve().parents[3] / "ansible/roles"


def plugin(name: str) -> ModuleType:
    """Return a role's Python file as a module, such as `reach/filter_plugins/reach`."""
    specification = importlib.util.spec_from_file_location(name.replace("/", "_"), ROLES / f"{name}.py")
    assert specification and specification.loader
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    return module
