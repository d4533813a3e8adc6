"""Who may come in: admins, their passwords and sessions, and the throttle on guessing."""
