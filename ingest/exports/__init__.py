"""Science takes it home: packages and tables with when each camera watched its site, when it failed and why."""

__all__ = [
    "building",
    "camera_facts",
    "checking",
    "choosing",
    "csv_text",
    "package",
    "sinks",
    "site_files",
    "survey",
    "tables",
    "wrong_clocks",
]
