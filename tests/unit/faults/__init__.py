"""The bench's own code: its figures file, its goals and its page."""
