"""Figures, each beside its floor and its rival in the same run: `./dev bench [PART...]`."""
