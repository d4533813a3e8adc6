"""The tables of the index: what pages list, count and chart. Derived from the sidecars, so it may be deleted."""

VERSION = 14

TABLES = """
CREATE TABLE items (
    number INTEGER PRIMARY KEY,        -- order of arrival, made from the id: see index_rows.number_of
    id TEXT NOT NULL,
    place TEXT NOT NULL,            -- path of the item below the spool root; its sidecar is the same + .json
    verdict TEXT NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    reason TEXT,
    camera_id TEXT,
    camera_text TEXT,                  -- what the file calls its camera, where that is not the ID itself
    profile TEXT,
    connection TEXT,
    account TEXT,
    client TEXT,
    upload_path TEXT NOT NULL,
    received_at TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    captured_at TEXT,
    captured_at_utc TEXT,
    size_bytes INTEGER NOT NULL,
    sha256 TEXT,
    latitude REAL,
    longitude REAL,
    width INTEGER,
    height INTEGER,
    warnings TEXT NOT NULL,            -- codes, separated by spaces
    problem TEXT,                      -- the first problem's sentence
    duplicate_of TEXT,
    attempts INTEGER NOT NULL,
    make TEXT,                         -- of the camera, by EXIF
    model TEXT,
    location_source TEXT,              -- where the position came from, as the profile names it; NULL: of its own
    orientation INTEGER,               -- which side of the photo is up, by EXIF (1 to 8)
    part_of TEXT,                      -- the item in whose file this report stood before others
    corrected TEXT NOT NULL,           -- what people have corrected, separated by spaces
    said_at TEXT,                      -- what captured_at was read as, and below captured_at_utc, where it is corrected
    said_utc TEXT
);
CREATE VIRTUAL TABLE words USING fts5 (
    upload_path, camera_id, camera_text, client, account,
    content = 'items', content_rowid = 'number', detail = 'none', columnsize = 0
);
CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    camera_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    reported_at TEXT,
    battery_percent INTEGER,
    battery_volts REAL,
    signal_csq INTEGER,
    signal_dbm REAL,
    signal_percent REAL,
    temperature_c REAL,
    sd_free_mb INTEGER,
    sd_total_mb INTEGER,
    sd_used_percent REAL,
    images_total INTEGER,
    images_sent INTEGER,
    latitude REAL,
    longitude REAL
) WITHOUT ROWID;
CREATE TABLE cameras (
    camera_id TEXT PRIMARY KEY,
    profile TEXT,
    first_received_at TEXT NOT NULL,
    last_received_at TEXT NOT NULL,    -- the contact: our clock
    last_image_at TEXT,
    last_report_at TEXT,
    images_accepted INTEGER NOT NULL,
    reports_accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    last_image_id TEXT,
    last_report_id TEXT,
    clock_errors_s TEXT,               -- arrival minus capture of the last photos, newest first, separated by spaces
    home TEXT,                         -- JSON: [latitude, longitude] of the first photo that has one
    positions TEXT,                    -- JSON: [latitude, longitude, captured_at] of the last photos that have one
    orientations TEXT                  -- of the last photos that tell theirs, newest first, separated by spaces
) WITHOUT ROWID;
CREATE TABLE contact_days (            -- when each camera was heard of, by day (UTC)
    camera_id TEXT NOT NULL,
    day TEXT NOT NULL,
    account TEXT NOT NULL,             -- that it came by last; '' for none
    items INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (camera_id, day)
) WITHOUT ROWID;
CREATE TABLE feeds (                   -- what sends accepted files under an ID; '' stands for what is not known
    camera_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    make TEXT NOT NULL,
    model TEXT NOT NULL,
    profile TEXT NOT NULL,
    account TEXT NOT NULL,
    items INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (camera_id, kind, make, model, profile, account)
) WITHOUT ROWID;
CREATE TABLE counts (
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,              -- '' for accepted
    items INTEGER NOT NULL,
    PRIMARY KEY (verdict, reason)
) WITHOUT ROWID;
CREATE TABLE tallies (                 -- '' stands for what is not known
    camera_id TEXT NOT NULL,
    profile TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (camera_id, profile, verdict, reason)
) WITHOUT ROWID;
CREATE TABLE camera_texts (            -- what files call their camera, as above, with how many do
    camera_id TEXT NOT NULL,
    text TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (camera_id, text)
) WITHOUT ROWID;
CREATE TABLE beginnings (              -- earlier tries of an item, of which only the beginning came: it has their bytes
    item_id TEXT NOT NULL,
    id TEXT NOT NULL,
    head TEXT NOT NULL,
    connection TEXT,
    upload_path TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    PRIMARY KEY (item_id, id)
) WITHOUT ROWID;
CREATE TABLE strangers (               -- rejected files of camera types that no profile knows
    item_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    camera_type TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE causes (                  -- rejected items by day (UTC), reason and camera ('' when not known)
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    camera_id TEXT NOT NULL,
    items INTEGER NOT NULL,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    PRIMARY KEY (day, reason, camera_id)
) WITHOUT ROWID;
CREATE TABLE unusable (                -- what can never be accepted, by day (UTC), reason and sender; '' as above
    day TEXT NOT NULL,
    reason TEXT NOT NULL,
    camera_id TEXT NOT NULL,
    account TEXT NOT NULL,
    client TEXT NOT NULL,
    items INTEGER NOT NULL,            -- with those that were deleted since, as far as they were counted here
    size_bytes INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    last_path TEXT NOT NULL,
    PRIMARY KEY (day, reason, camera_id, account, client)
) WITHOUT ROWID;
CREATE TABLE hours (
    hour TEXT NOT NULL,                -- UTC hour of arrival: 2025-12-05T15
    verdict TEXT NOT NULL,
    kind TEXT NOT NULL,
    items INTEGER NOT NULL,
    PRIMARY KEY (hour, verdict, kind)
) WITHOUT ROWID;
CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

INDEXES = """
CREATE UNIQUE INDEX items_id ON items (id);
CREATE INDEX items_verdict ON items (verdict);
CREATE INDEX items_reason ON items (reason) WHERE reason IS NOT NULL;
CREATE INDEX items_camera ON items (camera_id, verdict) WHERE camera_id IS NOT NULL;
CREATE INDEX items_camera_reason ON items (camera_id, reason) WHERE reason IS NOT NULL;
CREATE INDEX items_profile ON items (profile, verdict) WHERE profile IS NOT NULL;
CREATE INDEX items_size ON items (size_bytes);
CREATE INDEX items_captured ON items (captured_at_utc);
CREATE INDEX items_content ON items (sha256, camera_id) WHERE verdict = 'accepted';
CREATE INDEX items_part ON items (sha256) WHERE part_of IS NOT NULL;
CREATE INDEX strangers_type ON strangers (camera_type);
CREATE INDEX reports_camera ON reports (camera_id, received_at);
CREATE INDEX reports_said ON reports (reported_at, camera_id);
CREATE INDEX tallies_spelling ON tallies (camera_id COLLATE NOCASE);
"""
"""Each index of items ends in the number of the row, so each also gives its rows in order of arrival."""
