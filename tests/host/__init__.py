"""Deploys to real hosts: Debian 12 and 13, booted with systemd in their own network."""
