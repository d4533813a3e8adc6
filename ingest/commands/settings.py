"""`camspool settings`: every setting with its meaning, and whether a settings file is right."""

import argparse

from ingest.settings.values import Settings, settings_page, targets_page

HELP = "print every setting with its default and meaning; --check only checks the settings file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add --check."""
    parser.add_argument("--check", action="store_true", help="only check the settings file of this call")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the commented settings file; the check itself has happened when this is reached."""
    print(
        f"The settings are right; the spool root is {settings.root}."
        if arguments.check
        else settings_page() + targets_page()
    )
    return 0
