"""A trouble is known by its rule and what it is about; facts name cameras as people do."""

from ingest.alerts.trouble import Trouble
from tests.unit.ingest.alerts.cases import NOW, camera, facts, incident


def test_a_trouble_has_the_key_of_its_incident() -> None:
    trouble = Trouble("battery", "oak", NOW, "t", "s")
    known = facts(open=[incident("battery:oak")], cameras=camera(name="Oak"))
    assert trouble.key == "battery:oak" and known.is_open(trouble.key) and not known.is_open("battery:elm")


def test_a_camera_is_called_by_its_name_or_else_its_id() -> None:
    assert [facts(cameras=camera(name="Oak")).title_of(one) for one in ("oak", "elm")] == ["Oak", "elm"]
