"""The admin in a real Chromium, against real vsftpd, watcher and gunicorn."""
