"""FTPS connections after the fact: what vsftpd logged about each, and the record that is kept of it."""

__all__ = ["closing", "logins", "probes", "record", "refused", "store"]
