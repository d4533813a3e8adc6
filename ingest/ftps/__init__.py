"""FTPS: renders vsftpd's configuration, starts it, and speaks to it like a camera."""
