"""What became of files that were tried again: waiting, accepted by camera, rejected by reason, or gone."""

from contextlib import closing
from dataclasses import replace

import pytest

from ingest.index.store import read_index
from ingest.spool.stamp import new_id
from tests.unit.webadmin.site import Site, accepted, photo, rejected
from webadmin.profiles import saved_files as module
from webadmin.profiles.saved_files import SavedFiles, saved_files


def found(site: Site, ids: list[str], *, are_settled: bool = False) -> SavedFiles:
    with closing(read_index(site.root)) as index:
        return saved_files(index, site.root, ids, are_settled=are_settled)


def test_many_files_are_counted_by_what_became_of_them(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 2)
    good = [site.put(accepted(camera_id=camera), photo()).id for camera in ("b", "a", "b")]
    bad = [site.put(rejected(reason="missing_location"), photo()).id for _ in range(2)]
    waiting, lost = new_id(), new_id()
    (site.root / "incoming" / f"{waiting}~local~a.jpg").write_bytes(photo())
    files = found(site, [*good, *bad, waiting, lost])
    settled = found(site, [*good, *bad, waiting, lost], are_settled=True)
    assert (files.accepted_count, files.rejected_count, files.waiting, files.gone) == (3, 2, 2, 0)
    assert list(files.accepted) == ["b", "a"]
    assert [(one.reason, set(one.ids)) for one in files.rejected] == [("missing_location", set(bad))]
    assert settled == replace(files, waiting=1, gone=1)


def test_no_files_are_nothing(site: Site) -> None:
    site.put(accepted(), photo())
    assert found(site, []) == SavedFiles()
