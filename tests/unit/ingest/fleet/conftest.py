"""Cameras are judged on the spool of the admin's tests, and some as its pages show them."""

from tests.unit.webadmin.conftest import _short_patience, admin, site

__all__ = ["_short_patience", "admin", "site"]
