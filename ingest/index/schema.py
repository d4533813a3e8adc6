"""The tables of the index: what pages list, count and chart. Derived from the sidecars, so it may be deleted."""

from ingest.vocabulary import UNUSABLE

VERSION = 11

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
    attempts INTEGER NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (
    upload_path, camera_id, client, account,
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
    positions TEXT                     -- JSON: [latitude, longitude] of the last photos that have one, newest first
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
CREATE INDEX strangers_type ON strangers (camera_type);
CREATE INDEX reports_camera ON reports (camera_id, received_at);
"""
"""Each ends in the number of the row, so each also gives its rows in order of arrival."""

REFRESH_IMAGES = """
UPDATE cameras SET (last_image_id, clock_errors_s, positions, home) = (
    SELECT
        max(id),
        group_concat(unixepoch(received_at) - unixepoch(captured_at_utc), ' '),
        nullif(json_group_array(json_array(latitude, longitude)) FILTER (WHERE latitude + longitude IS NOT NULL), '[]'),
        coalesce(
            cameras.home,
            json_extract(
                json_group_array(json_array(latitude, longitude)) FILTER (WHERE latitude + longitude IS NOT NULL),
                '$[#-1]'
            )
        )
    FROM (
        SELECT id, received_at, captured_at_utc, latitude, longitude FROM items
        WHERE items.camera_id = cameras.camera_id AND verdict = 'accepted' AND kind = 'image' AND source = 'ftps'
        ORDER BY number DESC LIMIT 9
    )
)
"""
REFRESH_REPORTS = """
UPDATE cameras SET last_report_id = (
    SELECT id FROM reports WHERE reports.camera_id = cameras.camera_id ORDER BY received_at DESC LIMIT 1
)
"""
"""What the last photos and the last report of each camera say; add a WHERE for a single camera."""

TOTALS = f"""
INSERT INTO words (words) VALUES ('rebuild');
INSERT INTO counts SELECT verdict, coalesce(reason, ''), count(*) FROM items GROUP BY 1, 2;
INSERT INTO hours SELECT substr(received_at, 1, 13), verdict, kind, count(*) FROM items GROUP BY 1, 2, 3;
INSERT INTO tallies
SELECT coalesce(camera_id, ''), coalesce(profile, ''), verdict, coalesce(reason, ''), count(*)
FROM items GROUP BY 1, 2, 3, 4;
INSERT INTO causes
SELECT substr(received_at, 1, 10), reason, coalesce(camera_id, ''), count(*), min(received_at), max(received_at)
FROM items WHERE reason IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO unusable
SELECT
    substr(received_at, 1, 10), reason, coalesce(camera_id, ''), coalesce(account, ''), coalesce(client, ''),
    count(*), sum(size_bytes), max(received_at), upload_path
FROM items WHERE reason IN {UNUSABLE} AND source = 'ftps' GROUP BY 1, 2, 3, 4, 5;
INSERT INTO cameras
SELECT
    camera_id, max(profile), min(received_at), max(received_at),
    max(CASE WHEN verdict = 'accepted' AND kind = 'image' THEN received_at END),
    max(CASE WHEN verdict = 'accepted' AND kind = 'report' THEN received_at END),
    sum(verdict = 'accepted' AND kind = 'image'),
    sum(verdict = 'accepted' AND kind = 'report'),
    sum(verdict = 'rejected'),
    NULL, NULL, NULL, NULL, NULL
FROM items WHERE camera_id IS NOT NULL AND source = 'ftps' AND profile IS NOT 'canary' GROUP BY camera_id;
{REFRESH_IMAGES};
UPDATE cameras SET home = first.home
FROM (
    SELECT camera_id, json_array(latitude, longitude) AS home, min(number) FROM items
    WHERE verdict = 'accepted' AND kind = 'image' AND source = 'ftps' AND latitude + longitude IS NOT NULL
    GROUP BY camera_id
) AS first
WHERE first.camera_id = cameras.camera_id;
{REFRESH_REPORTS};
"""  # noqa: S608 - every part is a constant
"""What `enter` keeps up to date item by item, counted at once after a rebuild."""
