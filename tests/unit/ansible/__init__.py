"""Tests of what the roles bring of their own."""
