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
    ("system.system", "System", "system"),
)
