"""A setting is declared with its default and its meaning."""

from dataclasses import dataclass, fields

from ingest.settings.keys import setting


@dataclass(frozen=True)
class Shelf:
    books: int = setting(3, "How many books stand on it.")


def test_a_setting_has_its_default_and_its_meaning() -> None:
    assert Shelf().books == 3
    assert fields(Shelf)[0].metadata["doc"] == "How many books stand on it."
