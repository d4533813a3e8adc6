"""Figures for machines: what the gateway knows of itself, as Prometheus reads it."""

__all__ = ["alarms", "dashboard", "exposition", "gathering"]
