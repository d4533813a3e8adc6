"""The long forms of the tests of faults: too long for every day. `python -m tests.soak --help`."""
