"""Incidents of cameras as events of EarthRanger, or of Gundi: what a ranger sees beside the photos.

EarthRanger: `POST activity/events`, and `PATCH activity/event/<id>` for what becomes of it (earthranger-client 1.19,
post_event and patch_event). Gundi takes events and no changes to them, so it hears of the beginning alone.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from ingest.index.places import read_sidecar
from ingest.outbox.answers import Answer, Job, Tell
from ingest.outbox.earthranger_access import GUNDI_URL, LOT_S, headers_of, judge, options_of, reach_of, rest
from ingest.outbox.posting import Body, Reply, post
from ingest.outbox.sightings import sighting_of
from ingest.settings.targets import EarthrangerOptions
from ingest.spool.durable import replace_file
from ingest.spool.json_text import parse_json
from ingest.spool.known_cameras import KnownCameras
from ingest.spool.letters import Letter
from ingest.spool.names import one_line
from ingest.spool.sites import present_site, sites_in

PRIORITIES = {"urgent": 300, "notice": 100}
"""EarthRanger's red and green."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,100}")

Location = Mapping[str, float]


def deliver_letters(job: Job, letters: Sequence[Letter], tell: Tell) -> None:
    """Tell of incidents of cameras, one after the other. Raise TargetDownError as for photos."""
    ends_at = monotonic() + LOT_S
    tell_one: Callable[[Job, Letter], Answer] = _gundi if options_of(job).api == "gundi" else _earthranger
    for number, letter in enumerate(letters):
        if not (number == 0 or rest(job)) or monotonic() > ends_at:
            return
        if letter.kind != "incident" or not _cameras(letter):
            tell([Answer(letter.id, "failed", "EarthRanger is told of incidents of cameras only.")])
            continue
        tell([tell_one(job, letter)])
    rest(job)


def _earthranger(job: Job, letter: Letter) -> Answer:
    event_id, what = _kept_id(job, letter), _message(letter).get("what")
    if what == "ended":
        if event_id is None:
            return Answer(letter.id, "delivered", "EarthRanger had not heard of it; it is over.")
        return _change(job, letter, event_id, {"state": "resolved"})
    if event_id is not None:
        return _change(job, letter, event_id, {"title": _title(letter), "priority": _priority(letter)})
    return _begin(job, letter)


def _begin(job: Job, letter: Letter) -> Answer:
    options = options_of(job)
    event = trouble_event(letter, options.trouble_event_type, _location(job, letter))
    reply = post(f"{_url(options)}/activity/events", headers_of(options), _body(event), reach_of(options))
    answer = judge(letter.id, reply)
    if answer.outcome == "delivered" and (event_id := _id_in(reply)):
        replace_file(_kept(job, letter), json.dumps(event_id).encode())
    return answer


def _change(job: Job, letter: Letter, event_id: str, change: Mapping[str, Any]) -> Answer:
    options = options_of(job)
    url = f"{_url(options)}/activity/event/{event_id}"
    reply = post(url, headers_of(options), _body(change), reach_of(options), method="PATCH")
    if reply.status == 404:
        _kept(job, letter).unlink(missing_ok=True)
        return Answer(letter.id, "delivered", "EarthRanger does not have the event any more.")
    answer = judge(letter.id, reply)
    if answer.outcome == "delivered" and change.get("state") == "resolved":
        _kept(job, letter).unlink(missing_ok=True)
    return answer


def trouble_event(letter: Letter, event_type: str, location: Location | None) -> dict[str, Any]:
    """Return the event that an incident becomes."""
    incident = _incident(letter)
    event = {
        "event_type": event_type,
        "title": _title(letter),
        "time": str(incident.get("began_at") or letter.at),
        "priority": _priority(letter),
        "state": "new",
        "event_details": {
            "incident": letter.about,
            "rule": str(incident.get("rule", "")),
            "cameras": ", ".join(_cameras(letter)),
            "what_to_do": one_line(str(incident.get("task", "")), 300),
        },
    }
    return event | ({"location": dict(location)} if location else {})


def _gundi(job: Job, letter: Letter) -> Answer:
    options, location = options_of(job), _location(job, letter)
    if _message(letter).get("what") != "opened":
        return Answer(letter.id, "delivered", "Gundi takes no changes; it has heard of the beginning.")
    if location is None:
        return Answer(letter.id, "failed", "Gundi takes no event without a position; enter the camera's site.")
    event = trouble_event(letter, options.trouble_event_type, None)
    told = {
        "title": event["title"],
        "event_type": event["event_type"],
        "recorded_at": event["time"],
        "source": _cameras(letter)[0],
        "location": {"lat": location["latitude"], "lon": location["longitude"]},
        "event_details": event["event_details"],
    }
    url = f"{(options.url or GUNDI_URL).rstrip('/')}/v2/events/"
    return judge(letter.id, post(url, headers_of(options), _body([told]), reach_of(options)))


def _url(options: EarthrangerOptions) -> str:
    return f"{options.url.rstrip('/')}/api/v1.0"


def _body(content: Any) -> Body:
    return Body(json.dumps(content).encode())


def _location(job: Job, letter: Letter) -> Location | None:
    """Return where the first of its cameras stands: its present site, or else where its last photo was taken."""
    cameras = KnownCameras(job.root)
    if site := present_site(sites_in(cameras.record(_cameras(letter)[0]))):
        return {"latitude": site.latitude, "longitude": site.longitude}
    place = letter.content.get("photo")
    sidecar = read_sidecar(job.root, place) if isinstance(place, str) else None
    return sighting_of(sidecar, cameras).location if sidecar else None


def _incident(letter: Letter) -> Mapping[str, Any]:
    found = letter.content.get("incident")
    return found if isinstance(found, dict) else {}


def _message(letter: Letter) -> Mapping[str, Any]:
    found = letter.content.get("message")
    return found if isinstance(found, dict) else {}


def _cameras(letter: Letter) -> list[str]:
    return [str(one) for one in _incident(letter).get("cameras") or ()]


def _title(letter: Letter) -> str:
    return one_line(str(_incident(letter).get("title", "")), 200)


def _priority(letter: Letter) -> int:
    return PRIORITIES.get(str(_incident(letter).get("urgency")), PRIORITIES["notice"])


def _kept(job: Job, letter: Letter) -> Path:
    return job.work_folder / f"event-{letter.about}.json"


def _kept_id(job: Job, letter: Letter) -> str | None:
    with suppress(OSError, ValueError):
        return _as_id(parse_json(_kept(job, letter).read_bytes()))
    return None


def _id_in(reply: Reply) -> str | None:
    """Return the id of the event that EarthRanger has made: `data.id` of its answer, or `id`."""
    with suppress(ValueError, TypeError, KeyError):
        content = parse_json(reply.text)
        return _as_id((content.get("data") or content)["id"])
    return None


def _as_id(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and _ID.fullmatch(str(value)) else None
