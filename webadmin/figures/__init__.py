"""Figures for machines, over HTTP."""
