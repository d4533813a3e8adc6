"""The machine: parts, versions, settings in force, the watcher's log, and what admins did."""
