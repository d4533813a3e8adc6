"""Who may do what: the endpoints that each role may open. What stands in no list is for admins alone. Pure."""

OPEN_TO_ALL = frozenset({
    "entrance.log_in", "entrance.code", "entrance.alive", "provider.go", "provider.back", "invitation.join",
    "check_page.check", "figures.metrics", "static",
})  # fmt: skip
"""What needs no log-in: the door itself, also by a provider, an invitation, a sign of life for the proxy, signed check
pages, style; and figures, which are for this machine and ask by themselves."""

OWN = frozenset({
    "entrance.log_out", "me.me", "me.password", "me.second_factor", "me.set_second_factor", "me.drop_second_factor",
    "me.end_session", "me.end_others",
})  # fmt: skip
"""What everybody may do who is logged in: with themselves."""

WITHOUT_FACTOR = frozenset({"me.second_factor", "me.set_second_factor", "entrance.log_out", "static"})
"""What is open to who must set up a second factor first."""

IN_THE_FIELD = frozenset({"cameras.visit_list", "check_page.check_own"})
"""Of the cameras that somebody was given; the pages themselves leave out all others."""

LOOKING = frozenset({
    "overview.overview", "files.root", "files.files", "files.act", "item.item", "item.thumbnail", "item.original",
    "item.sidecar", "trash.trash",
    "cameras.cameras", "camera.camera", "camera.reports_csv",
    "exports.exports", "exports.package", "exports.table", "exports.sites",
    "profiles.profiles", "profile.profile", "sample_pack.sample_pack",
    "outbox.outbox", "outbox.target", "incidents.incidents", "incidents.incident",
    "setup.setup", "system.system", "system.request_page",
})  # fmt: skip
"""What viewers may open: every page that changes nothing. `files.act` packs files for them and does nothing else."""

_READ_BY_PROGRAMS = ("api.", "figures.")


def may(role: str, endpoint: str | None) -> bool:
    """Say whether somebody of a role, who is logged in, may open an endpoint.

    >>> may("viewer", "files.files"), may("viewer", "mending.mend"), may("field", "files.files"), may("x", "me.me")
    (True, False, False, True)
    """
    if endpoint is None or role == "admin" or endpoint in OPEN_TO_ALL | OWN:
        return True
    if role == "viewer":
        return endpoint in LOOKING | IN_THE_FIELD or endpoint.startswith(_READ_BY_PROGRAMS)
    return role == "field" and endpoint in IN_THE_FIELD


def home_of(role: str) -> str:
    """Return the endpoint of the page that somebody of a role sees first."""
    return "cameras.visit_list" if role == "field" else "overview.overview"
