"""FTPS: renders vsftpd's configuration, starts it, and speaks to it like a camera."""

__all__ = ["accounts", "certificate", "listener", "own", "relay", "render", "sender", "supervise"]
