"""Partials: found by their first bytes, and by nothing that a camera could choose otherwise."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingest.spool.moves import bring_back, drop_partial, set_aside
from ingest.spool.names import origin_name
from ingest.spool.origin import Origin, parse_origin
from ingest.spool.partials import (
    HEAD_BYTES,
    beginnings_of,
    due_partials,
    head_of,
    is_beginning,
    list_partials,
    origin_beside,
)
from ingest.spool.stamp import id_time, new_id
from ingest.spool.uploads import found_file
from ingest.vocabulary import MAY_LACK_REST

CONNECTION = "20261123T202316.314333Z-10007498"
PHOTO = bytes(range(256)) * 40


def put_aside(root: Path, content: bytes, path: bytes = b"D/a.jpg") -> str:
    file = root / "uploads" / "cut"
    file.write_bytes(content)
    item_id = new_id()
    set_aside(
        root,
        found_file(str(file), path, root),
        head_of(content),
        item_id,
        Origin(path, "ftps", CONNECTION, transfer="cut"),
    )
    return item_id


def test_the_whole_finds_all_its_beginnings_also_those_of_a_few_bytes(root: Path) -> None:
    long, short = put_aside(root, PHOTO[:HEAD_BYTES]), put_aside(root, PHOTO[:100])
    put_aside(root, b"another photo" + PHOTO)
    put_aside(root, PHOTO[:-1] + b"!")
    found = beginnings_of(root, PHOTO)
    assert {one.id for one in found} == {long, short}
    for one in found:
        drop_partial(root, one.id, one.head)
    assert len(list(list_partials(root))) == 2
    assert beginnings_of(root, PHOTO) == []


def test_a_longer_cut_of_the_same_file_makes_a_shorter_one_needless(root: Path) -> None:
    put_aside(root, PHOTO[:9000])
    assert is_beginning(root, PHOTO[:8000]) and is_beginning(root, PHOTO[:9000])
    assert not is_beginning(root, PHOTO[:9001]) and not is_beginning(root, b"!" + PHOTO[1:8000])


def test_what_comes_back_keeps_its_id_its_path_and_that_it_was_cut(root: Path) -> None:
    path = b"d/" * 100 + b"\xff.jpg"
    item_id = put_aside(root, PHOTO, path)
    (partial,) = list_partials(root)
    bring_back(root, partial)
    assert (root / "incoming" / partial.name).read_bytes() == PHOTO
    origin = parse_origin((root / "incoming" / origin_name(item_id)).read_bytes())
    assert (origin.upload_path, origin.transfer, origin.connection) == (path, "cut", CONNECTION)
    assert list(list_partials(root)) == [] and list((root / "partial").iterdir()) == []


def test_the_rest_has_its_time_counted_from_when_the_beginning_was_taken(root: Path) -> None:
    taken = id_time(put_aside(root, PHOTO))
    assert due_partials(root, 24, taken + timedelta(hours=23, minutes=59)) == []
    assert due_partials(root, 24, taken + timedelta(hours=24)) == list(list_partials(root))
    assert due_partials(root, 0, taken) == list(list_partials(root))


def test_a_beginning_of_another_that_waits_goes_with_it_and_not_by_itself(root: Path) -> None:
    for size in (5000, 9000, 9000, 7000):
        put_aside(root, PHOTO[:size])
    other = put_aside(root, PHOTO[:5000] + b"!")
    last = max(one.id for one in list_partials(root) if one.size_bytes == 9000)
    assert {one.id for one in due_partials(root, 0, datetime.now(UTC))} == {last, other}


def test_a_partial_whose_origin_was_lost_waits_goes_and_comes_back_as_others_do(root: Path) -> None:
    item_id = put_aside(root, PHOTO[:5000])
    (partial,) = beginnings_of(root, PHOTO)
    partial.origin_file(root).unlink()
    assert origin_beside(root, partial) == Origin(b"D/a.jpg", "ftps", CONNECTION, transfer="unclosed")
    bring_back(root, partial)
    origin = parse_origin((root / "incoming" / origin_name(item_id)).read_bytes())
    assert (origin.upload_path, origin.transfer in MAY_LACK_REST) == (b"D/a.jpg", True)
    assert list((root / "partial").iterdir()) == []


def test_what_vanishes_while_it_is_put_aside_leaves_no_origin(root: Path) -> None:
    gone = found_file(str(root / "uploads" / "gone"), b"a.jpg", root)
    with pytest.raises(FileNotFoundError):
        set_aside(root, gone, "head", new_id(), Origin(b"a.jpg", "ftps", CONNECTION, transfer="cut"))
    assert list((root / "partial").iterdir()) == []


def test_without_partials_nothing_is_found(root: Path) -> None:
    (root / "partial").rmdir()
    assert list(list_partials(root)) == [] and beginnings_of(root, PHOTO) == [] and not is_beginning(root, PHOTO)
