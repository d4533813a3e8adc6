"""What became of a message is told for each target."""

from pathlib import Path

from ingest.spool.deliveries import Delivery, note_done, note_failed
from ingest.spool.incidents import Message
from ingest.spool.outbox import mark_again
from ingest.spool.stamp import new_id
from webadmin.incidents.messages import sent_of

MESSAGE = Message(new_id(), "opened", "", "t", "x", ("mail", "sms", "hook", "new"))


def test_it_waits_is_refused_was_delivered_or_is_on_its_way(root: Path) -> None:
    mark_again(root, [("mail", MESSAGE.id)])
    note_failed(root, "sms", Delivery(MESSAGE.id, MESSAGE.id, None, "", "failed", "No such number."))
    note_done(root, "hook", [Delivery(MESSAGE.id, MESSAGE.id, None, "", "delivered", "Taken.")])
    found = sent_of(root, MESSAGE)
    assert [(one.target, one.word, one.answer.said if one.answer else "") for one in found] == [
        ("mail", "waits", ""),
        ("sms", "refused", "No such number."),
        ("hook", "delivered", "Taken."),
        ("new", "on its way", ""),
    ]
