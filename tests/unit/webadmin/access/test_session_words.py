"""Sessions in words."""

from datetime import UTC, datetime

import pytest

from webadmin.access.session_words import agent_words, ended_words
from webadmin.access.sessions import Session

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18 Safari/605.1"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (MAC, "Safari on Mac"),
        (PHONE, "Safari on iPhone"),
        (EDGE, "Edge on Windows"),
        ("Linux thing", "A browser on Linux"),
        ("", "unknown"),
        ("a\nb", "a�b"),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, words: str) -> None:
    assert agent_words(agent) == words


def test_what_ended_is_told_with_its_places() -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    ended = [Session("m", "rose", place, MAC, now, now) for place in ("192.0.2.7", "2001:db8::1")]
    assert ended_words(ended) == "2 sessions of rose ended: Safari on Mac, 192.0.2.7, Safari on Mac, 2001:db8::1."
