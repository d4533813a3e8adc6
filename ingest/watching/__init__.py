"""The watcher as a service: wake up, queue, workers, batches, heartbeat."""
