"""The examples in the documentation of the admin's modules are true."""

import doctest
import importlib
import pkgutil

import pytest

import webadmin

MODULES = [
    module.name for module in pkgutil.walk_packages(webadmin.__path__, "webadmin.") if "gunicorn" not in module.name
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
