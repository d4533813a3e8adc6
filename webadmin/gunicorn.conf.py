# ruff: noqa: N999 - the name that gunicorn looks for
"""How gunicorn runs the admin: two small workers with threads; no control socket; a worker that hangs is replaced."""

import os

workers = 2
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
preload_app = False
control_socket_disable = True
limit_request_line = 4094
limit_request_fields = 60
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - gunicorn's heartbeat files
accesslog = None
