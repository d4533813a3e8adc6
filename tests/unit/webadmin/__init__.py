"""Tests of the admin without a browser."""
