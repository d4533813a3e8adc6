"""Profiles: how to read each camera type, which one claims a file, and how to draft a new one."""

__all__ = [
    "answers",
    "catalogue",
    "connection_tests",
    "draft_words",
    "drafting",
    "drafts",
    "expectations",
    "inspection",
    "joined",
    "marks",
    "matching",
    "patterns",
    "profile",
    "profile_file",
    "profile_table",
    "sample_coverage",
    "samples",
    "shrinking",
    "sources",
    "yielding",
]
