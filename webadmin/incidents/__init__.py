"""Incidents: what people are told of, and what they say about it."""
