"""Hypothesis for all unit tests: no time limit for one example, which a pause of the machine would exceed."""

from hypothesis import settings

settings.register_profile("camspool", deadline=None)
settings.load_profile("camspool")
