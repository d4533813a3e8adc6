"""What the index counts about its items, for a rebuild all at once and for one camera anew: only SQL."""

from ingest.vocabulary import UNUSABLE

REFRESH_IMAGES = """
UPDATE cameras SET (last_image_id, clock_errors_s, orientations, positions, home) = (
    SELECT
        max(id),
        group_concat(unixepoch(received_at) - unixepoch(clock_utc), ' '),
        group_concat(orientation, ' '),
        nullif(
            json_group_array(json_array(latitude, longitude, captured_at))
                FILTER (WHERE latitude + longitude IS NOT NULL),
            '[]'
        ),
        coalesce(
            cameras.home,
            json_extract(
                json_group_array(json_array(latitude, longitude)) FILTER (WHERE latitude + longitude IS NOT NULL),
                '$[#-1]'
            )
        )
    FROM (
        SELECT id, received_at, orientation, latitude, longitude, captured_at,
            CASE WHEN corrected LIKE '%captured_at%' THEN said_utc ELSE captured_at_utc END AS clock_utc
        FROM items
        WHERE items.camera_id = cameras.camera_id AND verdict = 'accepted' AND kind = 'image' AND source = 'ftps'
        ORDER BY number DESC LIMIT 9
    )
)
"""
REFRESH_REPORTS = """
UPDATE cameras SET last_report_id = (
    SELECT id FROM reports WHERE reports.camera_id = cameras.camera_id ORDER BY received_at DESC, id DESC LIMIT 1
)
"""
"""What the last photos and the last report of each camera say; add a WHERE for a single camera."""

CAMERAS_OF = """
INSERT INTO cameras
SELECT
    camera_id, max(profile), min(received_at), max(received_at),
    max(CASE WHEN verdict = 'accepted' AND kind = 'image' THEN received_at END),
    max(CASE WHEN verdict = 'accepted' AND kind = 'report' THEN received_at END),
    sum(verdict = 'accepted' AND kind = 'image'),
    sum(verdict = 'accepted' AND kind = 'report'),
    sum(verdict = 'rejected'),
    NULL, NULL, NULL, NULL, NULL, NULL
FROM {items} WHERE {condition} AND source = 'ftps' AND profile IS NOT 'canary' GROUP BY camera_id
"""
HOMES = """
UPDATE cameras SET home = first.home
FROM (
    SELECT camera_id, json_array(latitude, longitude) AS home, min(number) FROM {items}
    WHERE {condition} AND verdict = 'accepted' AND kind = 'image' AND source = 'ftps'
        AND latitude + longitude IS NOT NULL
    GROUP BY camera_id
) AS first
WHERE first.camera_id = cameras.camera_id
"""
CONTACTS_OF = """
INSERT INTO contact_days
SELECT
    camera_id, substr(received_at, 1, 10),
    substr(max(received_at || coalesce(account, '')), 28), count(*), min(received_at), max(received_at)
FROM {items} WHERE {condition} AND source = 'ftps' AND profile IS NOT 'canary' GROUP BY 1, 2
"""
FEEDS_OF = """
INSERT INTO feeds
SELECT
    camera_id, kind, coalesce(make, ''), coalesce(model, ''), coalesce(profile, ''), coalesce(account, ''),
    count(*), min(received_at), max(received_at)
FROM {items} WHERE {condition} AND verdict = 'accepted' AND profile IS NOT 'canary' GROUP BY 1, 2, 3, 4, 5, 6
"""
"""Count cameras from items; the condition says which."""
_ALL = {"items": "items", "condition": "camera_id IS NOT NULL"}

TOTALS = f"""
INSERT INTO words (words) VALUES ('rebuild');
INSERT INTO counts SELECT verdict, coalesce(reason, ''), count(*) FROM items GROUP BY 1, 2;
INSERT INTO hours SELECT substr(received_at, 1, 13), verdict, kind, count(*) FROM items GROUP BY 1, 2, 3;
INSERT INTO tallies
SELECT coalesce(camera_id, ''), coalesce(profile, ''), verdict, coalesce(reason, ''), count(*)
FROM items GROUP BY 1, 2, 3, 4;
INSERT INTO camera_texts
SELECT camera_id, camera_text, count(*)
FROM items WHERE camera_id IS NOT NULL AND camera_text IS NOT NULL GROUP BY 1, 2;
INSERT INTO causes
SELECT substr(received_at, 1, 10), reason, coalesce(camera_id, ''), count(*), min(received_at), max(received_at)
FROM items WHERE reason IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO unusable
SELECT
    substr(received_at, 1, 10), reason, coalesce(camera_id, ''), coalesce(account, ''), coalesce(client, ''),
    count(*), sum(size_bytes), max(received_at), upload_path
FROM items WHERE reason IN {UNUSABLE} AND source = 'ftps' GROUP BY 1, 2, 3, 4, 5;
{FEEDS_OF.format(**_ALL)};
{CAMERAS_OF.format(**_ALL)};
{CONTACTS_OF.format(**_ALL)};
{REFRESH_IMAGES};
{HOMES.format(**_ALL)};
{REFRESH_REPORTS};
"""  # noqa: S608 - every part is a constant
"""What `enter` keeps up to date item by item, counted at once after a rebuild."""
