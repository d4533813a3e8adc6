"""The rules: what people are told of, how urgent it is, how long it must last, and what to do about it."""

from dataclasses import dataclass

from ingest.spool.incidents import Urgency


@dataclass(frozen=True)
class Rule:
    """One rule. `found` says when it finds something, with the settings' own bounds.

    It must last for `patience_min` before anybody is told, and be gone for `calm_min` before it is over: a value that
    goes up and down around a bound is one incident.
    """

    name: str
    title: str
    urgency: Urgency
    found: str
    patience_min: int = 0
    calm_min: int = 0


RULES = (
    Rule("watcher", "The watcher halts", "urgent", "it has given no sign for 15 s, or waits for the disk", 5, 5),
    Rule("queue", "Files wait for their verdict", "urgent", "the oldest waits for over 5 minutes", 2, 5),
    Rule("ports", "No camera gets in", "urgent", "a port does not answer as FTPS does", 5, 5),
    Rule("canary", "The canary fails", "urgent", "the test photo over both ports does not arrive", 0, 0),
    Rule("disk", "The disk fills up", "urgent", "less than twice the reserve, or a tenth of the disk, is free", 5, 60),
    Rule("audit", "The audit is red", "urgent", "an acknowledged file has no outcome, or more than one", 0, 0),
    Rule("certificate", "The certificate ends", "urgent", "it holds for less than 14 days", 60, 60),
    Rule("services", "A service is down", "urgent", "the firewall, the admin, nginx or fail2ban does not run", 2, 5),
    Rule(
        "tasks", "What runs by the clock fails", "notice", "audit, retention or the certificate's renewal fails", 60, 5
    ),
    Rule("backup", "The backup fails", "notice", "it fails, does not come, or a test of it fails", 60, 5),
    Rule(
        "uploads", "A promise is not in force", "notice", "uploads are not flushed to the disk as they should be", 5, 5
    ),
    Rule(
        "backlog", "Items do not reach a target", "notice", "one waits for over `backlog_hours`, or is refused", 5, 15
    ),
    Rule("nobody", "No camera is heard of", "urgent", "twice the longest pause of the last weeks, 3 hours at least"),
    Rule("silent", "A camera is silent", "notice", "longer than its rhythm of 60 days allows, `silent_hours` at least"),
    Rule("rejected", "A camera's photos are rejected", "notice", "its last photos are, and it had none such before"),
    Rule("unknown", "A camera that nobody knows", "notice", "no profile knows its files, or it is not registered"),
    Rule("log-ins", "Log-ins are refused", "notice", "`refused_log_ins` in a day, with the name of an account"),
    Rule("moved", "A camera has moved", "urgent", "its last two photos lie over 250 m from its site"),
    Rule("turned", "A camera is turned", "urgent", "its last two photos have another side up than those before"),
    Rule("battery", "A battery runs out", "notice", "it is below `battery_percent`, or empty within `battery_days`"),
    Rule("card", "A memory card is full", "notice", "it is fuller than `card_percent`"),
    Rule(
        "cap",
        "A camera has reached its limit",
        "notice",
        "it sent the same number on three days, and took more",
        0,
        7 * 1440,
    ),
    Rule("clock", "A clock is wrong", "notice", "its last photos differ by over 20 minutes, or are 5 ahead"),
)
"""In the order in which a digest names them."""

BY_NAME = {rule.name: rule for rule in RULES}
RULE_NAMES = tuple(BY_NAME)


_ABOUT_ONE = frozenset({"silent", "rejected", "unknown", "moved", "turned", "battery", "card", "cap", "clock"})
OF_CAMERAS = tuple(rule for rule in RULES if rule.name in _ABOUT_ONE)
"""The rules that may be off for one camera."""


def rules_table() -> str:
    """Return the rules as the README shows them."""
    head = "| rule | what is told | at any hour | when |\n|---|---|---|---|\n"
    rows = (
        f"| `{rule.name}` | {rule.title} | {'yes' if rule.urgency == 'urgent' else 'no'} | {rule.found} |"
        for rule in RULES
    )
    return head + "\n".join(rows) + "\n"
