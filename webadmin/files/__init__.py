"""Incoming, accepted and rejected items in one list, and what can be done with them."""
