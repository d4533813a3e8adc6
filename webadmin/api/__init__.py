"""The API, for programs that read: what pages show, as JSON, page by page behind the last one that was read."""
