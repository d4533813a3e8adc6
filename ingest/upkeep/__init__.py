"""Looking after the gateway: audit, retention, status."""
