"""Several cameras under one ID are met, by makes, profiles, places and clocks; and one camera is not taken for two."""

import pytest

from ingest.index.feeds import Feed
from ingest.spool.one_camera import OneCamera
from ingest.verdict.mixed import (
    Look,
    Seen,
    look_of,
    looks_of,
    mixed_warning,
    mixture_of,
    mixture_with,
)
from tests.spools import make_sidecar


def photo(make: str = "", model: str = "", profile: str = "p") -> Look:
    return Look("image", make, model, profile)


WILLFINE, BROWNING = photo("Willfine", "4.0T CG Regular lens", "w"), photo("Browning", "BTC-8A", "b")
PATH_A, PATH_B = photo(profile="a"), photo(profile="b")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        pytest.param(WILLFINE, BROWNING, "make", id="two makes"),
        pytest.param(photo("SY", "X"), photo("Cuddeback", "X"), "make", id="two makes of one profile"),
        pytest.param(photo("Reconyx", "HC500"), photo("Reconyx", "HF2 PRO"), "make", id="two models of one make"),
        pytest.param(PATH_A, PATH_B, "profile", id="two profiles of cameras without EXIF"),
        pytest.param(WILLFINE, PATH_A, "profile", id="a camera with EXIF and one without"),
        pytest.param(Look("report", "", "", "a"), Look("report", "", "", "b"), "profile", id="two kinds of reports"),
    ],
)
def test_looks_that_no_camera_has_both_are_a_mixture(one: Look, other: Look, kind: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = mixture_with(Seen((first,)), second, lambda _: True)
        assert found and found.kind == kind
        assert mixture_of(Seen((first, second)), lambda _: True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(photo("Willfine", "X", "w"), Look("report", "", "", "r"), id="a photo and a report"),
        pytest.param(photo("Willfine", "X", "w"), photo("Willfine", "X", "w2"), id="a better profile"),
        pytest.param(photo("WILLFINE ", "x", "w"), photo("Willfine", "X", "w"), id="another spelling"),
        pytest.param(photo("Reconyx", "X"), photo("RECONYX, Inc.", "X"), id="a longer name of the make"),
        pytest.param(photo("Browning", "BTC-8A V1.24"), photo("Browning", "BTC-8A V1.3"), id="firmware in the model"),
        pytest.param(photo("SY", "4.0PCG-R 20240105"), photo("SY", "4.0PCG-R 20250211"), id="a date as firmware"),
        pytest.param(photo("SY", "4.0PCG-R"), photo("SY", "4.0PCG-R 1.2.3"), id="firmware that was not said before"),
        pytest.param(photo("SY", ""), photo("SY", "4.0PCG-R"), id="a model that was not said before"),
        pytest.param(photo("", ""), photo("SY", "X"), id="a photo whose EXIF was lost"),
    ],
)
def test_looks_that_one_camera_may_have_are_none(one: Look, other: Look) -> None:
    assert mixture_with(Seen((one,)), other, lambda _: True) is None
    assert mixture_of(Seen((other, one)), lambda _: True) is None


def test_a_profile_that_is_gone_was_renamed() -> None:
    assert mixture_with(Seen((PATH_A,)), PATH_B, frozenset("b").__contains__) is None
    assert mixture_with(Seen((WILLFINE,)), BROWNING, frozenset("b").__contains__)


def test_what_was_settled_is_one_camera_and_a_further_make_is_not() -> None:
    settled = OneCamera((("Willfine", "4.0T CG", "w"), ("Browning", "BTC-8A V1", "b"), ("", "", "a")))
    seen = Seen((WILLFINE, BROWNING, PATH_A), (), settled)
    assert mixture_of(seen, lambda _: True) is None
    assert mixture_with(seen, photo("Browning", "BTC-8A V2", "b"), lambda _: True) is None
    assert mixture_with(seen, photo("Cuddeback", "G", "c"), lambda _: True)
    assert mixture_with(seen, PATH_B, lambda _: True)


def test_looks_are_told_by_files_and_by_what_feeds_an_id() -> None:
    sidecar = make_sidecar(profile="w")
    assert look_of(sidecar, "Willfine", None) == photo("Willfine", "", "w")
    feeds = [Feed("image", "Willfine", "", "w", account, 3, "", "") for account in ("a", "b")]
    assert looks_of(feeds) == (photo("Willfine", "", "w"),)


def test_the_warning_names_both_and_what_to_do() -> None:
    found = mixture_with(Seen((WILLFINE,)), BROWNING, lambda _: True)
    assert found
    assert mixed_warning("camera", found).message == (
        "The ID camera is fed by Willfine 4.0T CG Regular lens as well as Browning BTC-8A. "
        "On the camera's page, give each its own ID, or say that this is one camera."
    )
