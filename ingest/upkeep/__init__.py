"""Looking after the gateway: audit, retention, status."""

__all__ = ["audit", "audit_note", "retention", "status"]
