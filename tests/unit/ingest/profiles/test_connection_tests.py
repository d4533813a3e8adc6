"""The names of test uploads: each has its evidence and example, and no photo's name is among them."""

import pytest

from ingest.profiles.connection_tests import KNOWN_NAMES, KnownName, is_known_test


@pytest.mark.parametrize("known", KNOWN_NAMES, ids=lambda known: known.examples[0])
def test_each_name_has_its_evidence_and_is_known_in_any_folder_and_case(known: KnownName) -> None:
    assert known.evidence
    for name in known.examples:
        for path in (name, name.upper(), name.lower(), f"cam/2026-05-01/{name}", f"{name}.1"):
            assert is_known_test(path), path


@pytest.mark.parametrize(
    "path",
    [
        "E1000159.JPG", "protest.jpg", "test.jpg/E1.JPG", "DVRWorkDirectory/E1.JPG", "latest.txt", "test1.jpg",
        "test-1.jpg", "test.png", "testftp", "test.jpg\n", "testament.jpg", "test.jpg.old", "",
    ],
)  # fmt: skip
def test_the_name_of_a_photo_is_none(path: str) -> None:
    assert not is_known_test(path)
