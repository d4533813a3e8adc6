"""Fuzzing guided by coverage: everything that reads what strangers, or a person's hand, have written."""
