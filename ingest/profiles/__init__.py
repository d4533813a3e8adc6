"""Profiles: how to read each camera type, which one claims a file, and how to write and test a new one."""
