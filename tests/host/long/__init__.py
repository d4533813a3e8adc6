"""Trials on hosts that take too long for every check: `./dev soak --hosts` runs them."""
