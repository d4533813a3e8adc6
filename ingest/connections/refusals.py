"""What the refusals of one connection mean for whoever sets the camera up. Pure; the table is in refusal_rules.py.

A refusal is trouble or noise by what followed it: a camera that is refused a folder and then sends its photo all the
same needs nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.connections import refusal_rules as rules
from ingest.connections.record import Transfer, bare_name, last_arrivals
from ingest.spool.names import one_line

NAME_MAX_BYTES = 255
REMARKED_MAX = 4

_UNSAID = frozenset(("PORT", "EPRT", "ACCT"))
"""Commands whose argument is an address of the camera's or a secret; nobody needs it to mend anything."""


@dataclass(frozen=True)
class Refused:
    """One command that vsftpd refused. `transfers_before` is how many transfers had ended or failed until then."""

    verb: str
    argument: str
    reply: str
    transfers_before: int

    @property
    def command(self) -> str:
        """The command as the camera gave it, without an argument that is nobody's business."""
        return one_line(self.verb if self.verb in _UNSAID else f"{self.verb} {self.argument}".rstrip(), 60)


def tells_before_login(reply: str) -> bool:
    """Say whether a refusal means anything before the log-in, when nearly everything is refused."""
    return reply in rules.BY_REPLY


def judge(refused: Iterable[Refused], transfers: Sequence[Transfer]) -> tuple[list[str], str]:
    """Return a sentence for each kind of refusal that matters, and one on those that did no harm ("" without any).

    Of a kind, the last refusal is told: that is where the camera gave up.
    """
    arrivals, first_seen = last_arrivals(transfers), _first_seen(transfers)
    last_file = max(arrivals.values(), default=-1)
    kinds: dict[rules.Rule, list[Refused]] = {}
    noise: list[str] = []
    for one in refused:
        rule = _rule(one, transfers, first_seen)
        if not _is_harmless(one, rule, arrivals, last_file):
            kinds.setdefault(rule, []).append(one)
        elif one.verb != "STOR":  # what became of a file is told with the transfers
            noise.append(one.command)
    return [_sentence(rule, kind) for rule, kind in kinds.items()], _remark(noise)


def _rule(one: Refused, transfers: Sequence[Transfer], first_seen: dict[str, int]) -> rules.Rule:
    if rule := rules.BY_REPLY.get(one.reply):
        return rule
    if one.verb == "STOR" and one.reply.startswith("553"):
        ended = transfers[one.transfers_before : one.transfers_before + 1]
        return _not_created(one, ended[0].name if ended else one.argument, first_seen)
    if one.verb == "MKD" and "/" in one.argument.strip("/"):
        return rules.TWO_LEVELS
    if one.verb == "REST" and one.argument == "0":
        return rules.OTHER
    if one.verb == "REST" and one.reply.startswith("553"):
        return rules.RESUMED
    return rules.NO_DATA if one.reply.startswith("425") else rules.BY_VERB.get(one.verb, rules.OTHER)


def _not_created(one: Refused, path: str, first_seen: dict[str, int]) -> rules.Rule:
    if first_seen.get(path, one.transfers_before) < one.transfers_before:
        return rules.SAME_NAME
    if not (name := bare_name(one.argument)):
        return rules.NO_NAME
    if len(name) > NAME_MAX_BYTES:
        return rules.LONG_NAME
    return rules.FOLDER_OF_FILE if "/" in one.argument.lstrip("/") else rules.NOT_CREATED


def _first_seen(transfers: Sequence[Transfer]) -> dict[str, int]:
    """Return which transfer first brought a path whole."""
    found: dict[str, int] = {}
    for number, transfer in enumerate(transfers):
        if transfer.outcome == "complete":
            found.setdefault(transfer.name, number)
    return found


def _is_harmless(one: Refused, rule: rules.Rule, arrivals: dict[str, int], last_file: int) -> bool:
    if one.verb == "STOR":
        return arrivals.get(bare_name(one.argument), -1) >= one.transfers_before
    match rule.harmless:
        case "if a file came":
            return last_file >= 0
        case "if a file followed":
            return last_file >= one.transfers_before
    return False


def _sentence(rule: rules.Rule, kind: list[Refused]) -> str:
    last = kind[-1]
    more = sum(one.verb == last.verb for one in kind) - 1
    said = rule.sentence.format(argument=one_line(last.argument, 80), command=last.command)
    return f"{said} ({more} more like it.)" if more else said


def _remark(noise: list[str]) -> str:
    if not noise:
        return ""
    named, more = ", ".join(noise[:REMARKED_MAX]), len(noise) - REMARKED_MAX
    return f"Refused without harm: {named}{f' and {more} more' if more > 0 else ''}."
