"""What is fuzzed: one function for each reader. It takes any bytes, and raises when something is wrong.

Every target goes on with what was read as the gateway would: to the verdict and its sidecar, or to the record.
"""

import json
import os
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from ingest.connections.log import parse_connection_log
from ingest.connections.record import connection_record_line, parse_connection_record
from ingest.errors import CamspoolError
from ingest.index.store import open_index
from ingest.pipeline import with_origin
from ingest.profiles.catalogue import Catalogue
from ingest.profiles.profile_file import parse_profile
from ingest.reading.camera_time import NoTimeError, in_zone, read_camera_time, time_format, time_text
from ingest.requests.carrying_out import carry_out_all
from ingest.settings.targets import FolderOptions, Selection
from ingest.settings.targets import Target as OutboxTarget
from ingest.settings.values import SHIPPED_PROFILES, Settings
from ingest.simulation.photos import exif_segment, plain_photo
from ingest.spool.item import Item
from ingest.spool.log_lines import shown_path, verdict_line
from ingest.spool.moves import place_of
from ingest.spool.names import incoming_name, parse_companion, parse_incoming_name
from ingest.spool.origin import item_from, origin_text, parse_origin
from ingest.spool.sidecar import Sidecar, parse_sidecar, sidecar_text
from ingest.spool.stamp import is_id
from tests.faults.sweeping import SCRATCH
from tests.fuzz.trees import tree
from tests.samples.judging import ITEM_ID, judge
from tests.spools import make_spool

Target = Callable[[bytes], None]

_PHOTO = plain_photo(size=(32, 24), seed=1)
_SEGMENT_MAX_BYTES = 65_000
_NAS = OutboxTarget("nas", "folder", Selection(("accepted",)), FolderOptions(Path("/mnt/nas")))
_READS_XMP = parse_profile(
    """
    name = "Reads XMP"
    evidence = "a test"
    zone = "Africa/Nairobi"
    [image]
    match = { path = "" }
    absent = ["exif.Make"]
    find = { comment = '(?P<id>[A-Z0-9]+)$' }
    encoding = "gbk"
    require = ["camera_id"]
    [image.fields]
    camera_id = { from = ["{id}-{xmp.dc:title}", "xmp.dc:title", "comment"] }
    captured_at = { from = "xmp.xmp:CreateDate", format = ["%Y-%m-%dT%H:%M:%S%z", "epoch"] }
    """,
    Path("profiles/reads-xmp"),
)
_REPORT_OF_EACH_KIND = b"IMEI:861943070068027\nTotal:159\nBattery:60%\nDate:05/12/2025 15:46:47\nGPS:52.1,5.1\n"


def photo(content: bytes) -> None:
    """A file with a photo's name."""
    _go_on(judge(content, "E1000159.JPG"))


def exif(content: bytes) -> None:
    """The EXIF block of an otherwise good photo."""
    segment = exif_segment(b"Exif\0\0" + content[:_SEGMENT_MAX_BYTES])
    _go_on(judge(_PHOTO[:2] + segment + _PHOTO[2:], "E1000159.JPG"))


def xmp(content: bytes) -> None:
    """The XMP packet and the comment of a photo, for a profile that reads both."""
    packet = exif_segment(b"http://ns.adobe.com/xap/1.0/\0" + content[:_SEGMENT_MAX_BYTES])
    comment = b"\xff\xfe" + (len(content[:100]) + 2).to_bytes(2, "big") + content[:100]
    sidecar = judge(_PHOTO[:2] + packet + comment + _PHOTO[2:], "a.jpg", catalogue=Catalogue((_READS_XMP,)))
    _go_on(sidecar)


def camera_time(content: bytes) -> None:
    """A format on the first line, and a time that a camera wrote for it."""
    form, _, text = content.decode("utf-8", "replace").partition("\n")
    read = time_format(form)
    with suppress(NoTimeError):
        time = read_camera_time(text, (read,)) if read else None
        assert time is None or time_text(in_zone(time, ZoneInfo("Europe/Amsterdam")))


def report(content: bytes) -> None:
    """A file with a report's name."""
    _go_on(judge(content, "861943070068027-05122025154647-dr.txt"))


def upload_path(content: bytes) -> None:
    """What a camera calls its file: it becomes the item's name, part of its place, and a log line."""
    path = content.replace(b"\0", b"\n").strip(b"/")[:3000] or b"x"
    parsed = parse_incoming_name(incoming_name(ITEM_ID, ITEM_ID, path))
    assert parsed is not None and parsed.upload_path in (None, path)
    sidecar = judge(_PHOTO, os.fsdecode(path))
    _go_on(with_origin(sidecar, Item(ITEM_ID, path, "ftps")))


def incoming(content: bytes) -> None:
    """The name of a file that lies in incoming/, whoever put it there."""
    name = os.fsdecode(content.replace(b"\0", b"\n").replace(b"/", b"_")[:255])
    shown_path(name)
    companion, parsed = parse_companion(name), parse_incoming_name(name)
    assert companion is None or is_id(companion[0])
    assert parsed is None or item_from(parsed, None, None, None).received_at.tzinfo is not None


def origin(content: bytes) -> None:
    """The file beside an item that says where it came from."""
    with suppress(ValueError):
        read = parse_origin(content)
        assert parse_origin(origin_text(read)) == read
        parsed = parse_incoming_name(incoming_name(ITEM_ID, "local", read.upload_path))
        assert parsed is not None
        item_from(parsed, read, None, None)


def sidecar(content: bytes) -> None:
    """A sidecar that a crash, a disk or a hand has changed."""
    with suppress(ValueError):
        parse_sidecar(content)


def connection_log(content: bytes) -> None:
    """What vsftpd wrote about a connection, in which a client put all that it could."""
    record = parse_connection_log(ITEM_ID, content.decode("utf-8", "replace"))
    line = connection_record_line(record)
    assert line.count("\n") == 1
    assert parse_connection_record(line) == record


def record(content: bytes) -> None:
    """A line of a day's connections."""
    with suppress(ValueError):
        parse_connection_record(content.decode("utf-8", "replace"))


def request(content: bytes) -> None:
    """What asks the watcher for something: the admin's pages write it, or whoever has broken into them."""
    with TemporaryDirectory(prefix="camspool-fuzz-", dir=SCRATCH) as folder:
        root = make_spool(Path(folder))
        file = root / "requests" / f"{ITEM_ID}.json"
        file.write_bytes(content)
        with closing(open_index(root)) as index:
            carry_out_all(root, index, settings=Settings(root=root, profiles=(), targets=(_NAS,)))
        assert not file.exists()
        assert (root / "requests" / "done" / file.name).exists()


def profile(content: bytes) -> None:
    """A profile that somebody writes: refused with a sentence, or used on a photo and a report."""
    try:
        read = parse_profile(content.decode("utf-8", "replace"), Path("profiles/x"))
    except CamspoolError:
        return
    catalogue = Catalogue((read,))
    for sample, path in ((_PHOTO, "E1000159.JPG"), (_REPORT_OF_EACH_KIND, "x-dr.txt")):
        _go_on(judge(sample, path, catalogue=catalogue))


def _go_on(decided: Sidecar) -> None:
    """Do what the gateway does with a verdict."""
    text = sidecar_text(decided)
    assert parse_sidecar(text) == parse_sidecar(sidecar_text(parse_sidecar(text)))
    place = PurePosixPath(place_of(decided))
    assert not place.is_absolute() and ".." not in place.parts and len(place.parts) == 4
    assert len(place.name.encode()) + len(".json") <= 255
    assert "\n" not in verdict_line(decided, str(place))


TARGETS: dict[str, Target] = {
    one.__name__: one
    for one in (
        photo,
        exif,
        xmp,
        camera_time,
        report,
        upload_path,
        incoming,
        origin,
        sidecar,
        connection_log,
        record,
        request,
        profile,
        tree,
    )
}

_INVITATION = {"invitation_hash": "a" * 64, "invited_until": "2026-04-01T00:00:00Z"}
_REQUESTS: list[dict[str, object]] = [
    {"action": "requeue", "ids": [ITEM_ID]},
    {"action": "delete", "ids": [ITEM_ID]},
    {"action": "edit_camera", "camera_id": "a-1", "record": {"name": "At the ford"}},
    {"action": "process_upload", "upload_path": "by-hand.jpg"},
    {"action": "retention", "rejected_days": 30, "accepted_days": 0, "connections_days": 90},
    {"action": "make_room", "ids": [ITEM_ID]},
    {"action": "explain", "because": "gone", "findings": [{"connection": ITEM_ID, "path": "a.jpg"}]},
    {"action": "save_profile", "profile": "a-1", "text": "name = 'a'", "ids": [ITEM_ID], "based_on": None, "why": ""},
    {"action": "undo_profile", "profile": "a-1", "version": ITEM_ID, "why": ""},
    {"action": "confirm_profile", "profile": "instar", "item": ITEM_ID},
    {"action": "unconfirm_profile", "profile": "instar"},
    {"action": "send_again", "target": "nas", "ids": [ITEM_ID]},
    {"action": "send_again", "target": "nas", "all_failed": True},
    {"action": "pause_target", "target": "nas"},
    {"action": "resume_target", "target": "nas"},
    {"action": "correct", "ids": [ITEM_ID], "values": {"location": {"latitude": 1.5, "longitude": 2.5}}, "why": ""},
    {"action": "correct", "ids": [ITEM_ID], "values": {"captured_at": {"behind_s": 3600}}, "tries_again": True},
    {"action": "mend_clock", "camera_id": "a-1", "fault": {"behind_years": 1}, "from": "2026-04-01T00:00:00"},
    {"action": "undo_clock", "camera_id": "a-1", "span": "2026-04-01T00:00:00Z"},
    {"action": "undo", "request": ITEM_ID},
    {"action": "restore", "ids": [ITEM_ID]},
    {"action": "empty_trash", "requests": [ITEM_ID]},
    {"action": "add_person", "person": "rose", "role": "field", "accounts": ["a"], "tags": "b", **_INVITATION},
    {"action": "change_person", "person": "rose", "role": "viewer", "second_factor_due": True},
    {"action": "invite_person", "person": "rose", **_INVITATION},
    {"action": "set_password", "person": "rose", "password_hash": "$argon2id$x", "invitation_hash": "a" * 64},
    {"action": "set_password", "person": "anna", "deployed_hash": "$argon2id$x", "replaces": "a" * 64},
    {"action": "set_second_factor", "person": "rose", "second_factor": "sealed"},
    {"action": "remove_person", "person": "rose"},
    {"action": "end_sessions", "person": "rose", "words": "1 session ended."},
    {
        "action": "make_check_link",
        "link": "a" * 32,
        "camera_id": "a-1",
        "label": "b",
        "ends_at": "2026-04-01T00:00:00Z",
    },
    {"action": "save_filter", "name": "a", "query": "q=b"},
    {"action": "drop_filter", "filter": "a" * 16},
    {"action": "revoke_check_link", "link": "a" * 32},
    {"action": "revoke_card_links", "camera_id": "a-1", "number": 0},
]

_LOG = b"""Mon Nov 23 20:23:16 2026 [pid 2] CONNECT: Client "100.64.1.7"
Mon Nov 23 20:23:16 2026 [pid 2] FTP command: Client "100.64.1.7", "AUTH TLS"
Mon Nov 23 20:23:16 2026 [pid 2] FTP command: Client "100.64.1.7", "USER camera"
Mon Nov 23 20:23:16 2026 [pid 1] [camera] OK LOGIN: Client "100.64.1.7"
Mon Nov 23 20:23:16 2026 [pid 3] [camera] FTP command: Client "100.64.1.7", "CWD DCIM"
Mon Nov 23 20:23:16 2026 [pid 3] [camera] FTP response: Client "100.64.1.7", "550 Failed to change directory."
Mon Nov 23 20:23:16 2026 [pid 3] [camera] FTP command: Client "100.64.1.7", "STOR a.jpg"
Mon Nov 23 20:23:16 2026 [pid 3] [camera] FTP response: Client "100.64.1.7", "426 Failure reading network stream."
Mon Nov 23 20:23:16 2026 [pid 3] [camera] FAIL UPLOAD: Client "100.64.1.7", "/a.jpg", 1000 bytes, 21.63Kbyte/sec
camspool: refused 100.64.1.7: The disk is nearly full.
"""


_LAYOUTS = (
    b'{"imei": "861943070068027", "csq": 31, "sd": {"free": 21}, "gps": [52.1, 5.1], "total": 159}',
    b"IMEI;Date;Battery;Total\n861943070068027;05/12/2025 15:46:47;60% (11,8V);1,159\n",
    b"<?xml version='1.0'?><r v='1'><imei>861943070068027</imei><sd free='21'/><total>159</total></r>",
    b"<html><style>a{}</style><table><tr><td>IMEI</td><td>861943070068027</td></tr></table>Total:&nbsp;159<br></html>",
    b"IMEI=861943070068027 CSQ=21/31 Total=159,GPS:$GPGLL,5205.9242,N,00507.5302,E,154647,A",
)


def seeds(name: str) -> list[bytes]:
    """Return good inputs of a target, from which the fuzzer sets out."""
    samples = [file for file in SHIPPED_PROFILES.glob("*/samples/**/*") if file.is_file()]
    photos = [file.read_bytes() for file in samples if file.suffix.lower() in (".jpg", ".jpeg")]
    record_seed = connection_record_line(parse_connection_log(ITEM_ID, _LOG.decode())).encode()
    found = {
        "photo": photos,
        "exif": [content[12 : 12 + 2000] for content in photos if content[6:12] == b"Exif\0\0"],
        "xmp": [
            b"""<a xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:q="http://ns.adobe.com/xap/1.0/"
            q:CreateDate="2026-04-30T01:15:30Z"><dc:title>CAM1</dc:title></a>"""
        ],
        "camera_time": [
            b"%Y:%m:%d %H:%M:%S.%f%z\n2026:04:30 01:15:30.5Z",
            b"epoch\n1764949567",
            b"%-d %b %y %-I:%M %p\n",
        ],
        "report": [*(file.read_bytes() for file in samples if file.suffix == ".txt"), *_LAYOUTS],
        "upload_path": [b"INSTAR/lat52.1_lon5.1/A_2026-04-09_16-04-05.jpeg", b"E1000159.JPG"],
        "incoming": [f"{ITEM_ID}~local~a%2Fb.jpg".encode(), f"{ITEM_ID}~origin".encode()],
        "origin": [json.dumps({"upload_path": "a", "source": "ftps", "left": "x", "attempts": 2}).encode()],
        "sidecar": [sidecar_text(judge(content)).encode() for content in photos[:20]],
        "request": [json.dumps(one).encode() for one in _REQUESTS],
        "connection_log": [_LOG],
        "record": [record_seed],
        "tree": [
            b"INSTAR\nlat1\n+a.jpg\n..\nlat2\n+a.jpg",
            b"d\n" * 50 + b"+a.jpg",
            (b"x" * 250 + b"\n") * 17 + b"+a",
        ],
        "profile": [file.read_bytes() for file in SHIPPED_PROFILES.glob("*/profile.toml")],
    }
    return found[name]
