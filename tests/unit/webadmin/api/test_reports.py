"""Reports are listed, of all cameras or of one."""

from datetime import timedelta

from tests.unit.webadmin.api.asking import Program
from tests.unit.webadmin.site import CAMERA, Site, accepted


def put_reports(site: Site) -> list[str]:
    values = [(CAMERA, 90), ("oak", 20), (CAMERA, 80)]
    return [
        site.put(
            accepted(
                timedelta(hours=3 - number),
                kind="report",
                camera_id=camera,
                fields={"battery_percent": percent, "temperature_c": -3.5},
                sha256=f"{number:064}",
            )
        ).id
        for number, (camera, percent) in enumerate(values)
    ]


def test_reports_are_told_page_by_page(site: Site, program: Program) -> None:
    ids = put_reports(site)
    first = program.read("/reports?limit=2")
    second = program.read(f"/reports?limit=2&after={first['next']}")
    assert [one["id"] for one in first["reports"] + second["reports"]] == ids[::-1] and second["next"] is None
    assert first["reports"][0]["battery_percent"] == 80 and first["reports"][0]["temperature_c"] == -3.5
    assert first["reports"][0]["signal_csq"] is None


def test_reports_of_one_camera_and_those_that_came_since(site: Site, program: Program) -> None:
    ids = put_reports(site)
    found = program.read(f"/reports?camera_id={CAMERA}&order=oldest&after={ids[0]}")["reports"]
    assert [(one["id"], one["camera_id"]) for one in found] == [(ids[2], CAMERA)]
