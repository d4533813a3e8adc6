"""Every route of the admin, and who may open it: what the tests of this folder try."""

from collections.abc import Iterator

from flask import url_for

from ingest.spool.check_links import CheckLink, write_link
from ingest.spool.people import Person, write_person
from tests.unit.webadmin.site import CAMERA, Site, accepted, photo

WHO_MAY = {
    "anybody": """
        check_page.check entrance.alive entrance.code entrance.log_in figures.metrics invitation.join provider.back
        provider.go static
    """,
    "whoever is logged in": """
        entrance.log_out me.drop_second_factor me.end_others me.end_session me.me me.password me.second_factor
        me.set_second_factor
    """,
    "field": "cameras.visit_list check_page.check_own",
    "viewer": """
        camera.camera camera.reports_csv cameras.cameras exports.exports exports.package exports.sites exports.table
        files.act files.files files.root incidents.incident incidents.incidents item.item item.original item.sidecar
        item.thumbnail outbox.outbox outbox.target overview.overview profile.profile profiles.profiles
        sample_pack.sample_pack setup.setup system.request_page system.system trash.trash
        api.camera api.cameras api.causes api.connections api.deliveries api.incident api.incidents api.item
        api.item_file api.items api.openapi api.profiles api.reports api.requests api.status api.targets api.visits
        api.waiting
    """,
    "admin": """
        account.close account.end_former account.renew add_camera.add add_camera.form add_camera.give_account
        camera_alerts.edit camera_record.edit camera_record.register check_links.links check_links.make
        check_links.revoke check_links.revoke_cards clock.clock clock.mend clock.take_back dry_run.fragment
        filters.forget filters.save
        incidents.forget incidents.know incidents.test_message item.act mending.ask_about mending.mend
        mending.take_back mending.undo other_names.add other_names.remove outbox.again outbox.pause outbox.resume
        people.add people.change people.drop_second_factor people.end_sessions people.invite people.people
        people.person people.remove profile_change.confirm profile_change.unconfirm profile_change.undo saving.save
        saving.saved setup.card setup.password sites.accept_position sites.enter sites.remove sites.was_carried
        sites.was_not_carried split.do_split split.move_all split.one_camera split.split tokens.make tokens.revoke
        tokens.tokens trash.empty trash.restore upload.receive upload.upload workshop.choose workshop.page
        workshop.profile_file
    """,
}
"""By the least role that may open it: a new endpoint is entered here, or a test fails."""

ROLES = ("field", "viewer", "admin")
LINK = "cd" * 16


def least_role(endpoint: str) -> str:
    """Return who may open an endpoint at least. Raise KeyError for one that the table does not have."""
    table = {name: who for who, names in WHO_MAY.items() for name in names.split()}
    return table[endpoint]


def prepare(site: Site) -> dict[str, str]:
    """Have what the routes' arguments name; return those by their names."""
    item = site.put(accepted(account="camera"), photo())
    write_link(site.root, CheckLink(LINK, CAMERA, "ranger", True, True, "", "2026-06-01T12:00:00.000000Z", "anna"))
    write_person(site.root, Person("zoe", "viewer"))
    named = dict.fromkeys(("item_id", "request_id", "incident_id", "id"), item.id)
    return named | {
        "camera_id": CAMERA,
        "token": "x",
        "filename": "x",
        "profile_id": "instar",
        "target": "nas",
        "token_id": "a" * 16,
        "name": "zoe",
        "table": "effort",
        "kind": "gpx",
        "link_id": LINK,
        "mark": "f" * 64,
        "filter_id": "b" * 16,
    }


def routes(site: Site, values: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and address of everything that can be asked for."""
    for rule in sorted(site.app.url_map.iter_rules(), key=lambda one: one.endpoint):
        words = {name: values["id"] if rule.rule.startswith("/api/") and name == "name" else values[name]
                 for name in rule.arguments}  # fmt: skip
        with site.app.test_request_context():
            path = url_for(rule.endpoint, **words)  # type: ignore[arg-type]
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            yield rule.endpoint, method, path
