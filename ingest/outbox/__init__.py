"""The way out: takes what the outbox says is waiting to each target, again and again until it has answered."""

__all__ = ["alive", "answers", "filling", "kinds", "outlook", "ping", "results", "service", "standing", "words"]
