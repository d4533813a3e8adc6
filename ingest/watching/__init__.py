"""The watcher as a service: woken up, it feeds the queue, hands batches to workers and says that it lives."""

__all__ = ["heartbeat", "starts", "stop_signals", "tally", "watcher"]
