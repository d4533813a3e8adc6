"""Camspool's gateway: takes uploads, decides about each, says why. Start reading at `ingest/pipeline.py`."""

VERSION = "0.2.0"
