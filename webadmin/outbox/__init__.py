"""Where photos go from here: the targets, what waits for them, what they refuse, and what can be done about it."""
