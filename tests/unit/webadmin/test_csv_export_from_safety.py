"""Names that a spreadsheet would take for a formula."""

import json

from tests.unit.webadmin.site import CAMERA, Person, Site, accepted, photo
from webadmin.csv_export import cell, stream_csv


def test_a_spreadsheet_runs_nothing(site: Site, admin: Person) -> None:
    site.put(accepted(), photo())
    (site.root / "cameras" / f"{CAMERA}.json").write_text(json.dumps({"name": "=1+1", "notes": "\t@SUM(A1)"}))
    lines = admin.get("/cameras?format=csv").text
    assert "'=1+1" in lines
    assert "\t" not in lines
    assert cell("\n=1") == "' =1"
    assert list(stream_csv(["a"], [["x\r\ny"]]))[2] == "x  y\r\n"
