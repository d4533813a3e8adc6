"""Profiles: how to read each camera type, which one claims a file, and how to draft a new one."""

__all__ = [
    "catalogue",
    "connection_tests",
    "description",
    "draft_words",
    "drafting",
    "drafts",
    "expectations",
    "inspection",
    "joined",
    "matching",
    "patterns",
    "profile",
    "profile_file",
    "profile_page",
    "profile_table",
    "sample_coverage",
    "samples",
    "shrinking",
    "sources",
    "yielding",
]
