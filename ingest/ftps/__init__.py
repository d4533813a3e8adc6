"""FTPS: renders vsftpd's configuration, starts it, and speaks to it like a camera."""

__all__ = [
    "accounts",
    "certificate",
    "intake",
    "listener",
    "own",
    "process_tree",
    "programs",
    "relay",
    "render",
    "sender",
    "supervise",
]
