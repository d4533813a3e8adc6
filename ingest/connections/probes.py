"""Which connections are this machine's own look whether a port answers, and no camera's."""

from ingest.connections.record import ConnectionRecord


def is_probe(record: ConnectionRecord) -> bool:
    """Say whether a connection only asked whether the port answers: from this machine, without log-in or failure."""
    client = (record.client or "").removeprefix("::ffff:")
    is_local = client.startswith("127.") or client == "::1"
    return is_local and record.account is None and not (record.logins_refused or record.failures)
