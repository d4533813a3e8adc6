"""The sections of the admin, in the order of the menu: endpoint, title, icon."""

SECTIONS = (
    ("overview.overview", "Overview", "overview"),
    ("files.files", "Files", "files"),
    ("upload.upload", "Upload", "upload"),
    ("outbox.outbox", "Deliveries", "outbox"),
    ("incidents.incidents", "Incidents", "attention"),
    ("cameras.cameras", "Cameras", "cameras"),
    ("exports.exports", "Export", "export"),
    ("profiles.profiles", "Profiles", "profiles"),
    ("setup.setup", "Set up a camera", "setup"),
    ("people.people", "People", "people"),
    ("system.system", "System", "system"),
)

IN_THE_FIELD = (("cameras.visit_list", "Visits", "cameras"),)
"""The menu of somebody in the field."""
