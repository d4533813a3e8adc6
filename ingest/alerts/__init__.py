"""The gateway calls: finds what people should know, tells it once for each cause, and says when it is over."""

__all__ = ["bounds", "gateway", "memory", "rhythm", "rules", "service", "silence", "testing", "words"]
