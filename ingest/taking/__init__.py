"""What has arrived becomes an item: from connections' folders, from vsftpd's intake, and from people's hands."""

__all__ = ["arrived"]
