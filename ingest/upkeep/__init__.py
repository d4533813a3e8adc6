"""Looking after the gateway: audit, retention, status, and what a bug report needs."""

__all__ = [
    "audit",
    "audit_note",
    "bug_report",
    "error_log",
    "explanations",
    "finding",
    "journal_lines",
    "outcomes",
    "part",
    "retention",
    "status",
]
