"""What admins ask of the outbox: each is a request to the watcher, and the next page says how it ended."""

from webadmin.asking import answer_to, tell_answer
from webadmin.files.actions import tell


def ask_target(action: str, target: str) -> None:
    """Ask that a target rests or goes on, and say how it ended."""
    tell_answer(answer_to(action, target=target))


def send_all_failed(target: str) -> None:
    """Ask that all which a target has refused goes there once more, and say how it ended."""
    tell("send_again", [answer_to("send_again", target=target, all_failed=True)])
