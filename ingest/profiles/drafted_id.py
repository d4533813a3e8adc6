"""Decides which camera some photos are drafted to be from: by what names it in them, or by its own account. Pure."""

from collections.abc import Sequence

from ingest.profiles.drafts import ANSWERED, Choice, Decision, Given
from ingest.profiles.id_marks import Trust, trust_in
from ingest.profiles.id_sources import Lead, find_leads
from ingest.profiles.sources import Subject, look_up
from ingest.reading.imei import is_imei

_ASK_ACCOUNT = "Nothing in these files names the camera for sure. Does each camera have an FTPS account of its own?"
_ASK_WHICH = "More than one part of the path may name the camera. Which one is it?"
_NO_OWN = "An account that several cameras use names none of them: give each camera its own, then its photos are taken."
_DOUBTS = {
    "text": "A camera that nobody named has the maker's text there, and so have others.",
    "address": "Routers give the same addresses at every place, and a new one after a power cut.",
}


def decide_id(given: Sequence[Given], subjects: Sequence[Subject], stamp: str, answer: str | None) -> Decision:
    """Decide what gives the camera ID of these photos; `stamp` is a pattern of the time in their names, or empty."""
    types = {text for one in subjects for tag in ("Make", "Model") if (text := look_up(f"exif.{tag}", one))}
    leads = [(lead, trust_in(lead.values, lead.kind, types)) for lead in find_leads(subjects, stamp)]
    leads = [(lead, _in_accounts(lead, trust, given)) for lead, trust in leads if trust > Trust.NEVER]
    leads = [(lead, trust) for lead, trust in leads if not _holds_another(lead, leads)]
    ranked = sorted(leads, key=lambda one: (-one[1], -_tells_apart(one[0])))
    account = _account(given)
    choices = [_choice(lead, trust) for lead, trust in ranked]
    first = Trust.SURE if account.fills_all else Trust.LIKELY
    choices.insert(sum(trust >= first for _, trust in ranked), account)
    if answered := next((one for one in choices if one.key == answer), None):
        question = _NO_OWN if answered is account and not account.fills_all else ""
        return Decision("image", "camera_id", answered, ANSWERED, tuple(choices), question)
    return _decided(ranked, account, tuple(choices))


def _decided(ranked: list[tuple[Lead, Trust]], account: Choice, choices: tuple[Choice, ...]) -> Decision:
    best = ranked[0][1] if ranked else Trust.NEVER
    if account.fills_all and best < Trust.SURE:
        because = "the files came through accounts that belong to one camera each"
        return Decision("image", "camera_id", account, because, choices)
    if best < Trust.LIKELY:
        because = "nothing in the files names the camera for sure"
        return Decision("image", "camera_id", account, because, choices, _ASK_ACCOUNT)
    chosen = choices[0]
    rivals = [lead for lead, trust in ranked if trust == best and lead.values != ranked[0][0].values]
    if best == Trust.LIKELY and any(_tells_apart(one) == _tells_apart(ranked[0][0]) for one in rivals):
        return Decision("image", "camera_id", account, "several parts of the path are alike", choices, _ASK_WHICH)
    return Decision("image", "camera_id", chosen, _why(*ranked[0]), choices)


def _holds_another(lead: Lead, leads: Sequence[tuple[Lead, Trust]]) -> bool:
    """Say whether a text is a sure ID and more, such as `016719001060737-28`."""
    sure = [other.values for other, trust in leads if trust == Trust.SURE and other.values != lead.values]
    return any(all(part in whole for part, whole in zip(values, lead.values, strict=True)) for values in sure)


def _tells_apart(lead: Lead) -> bool:
    """Say whether it is not the same in all files: of two folders the one that varies is the camera's."""
    return len(set(lead.values)) > 1


def _in_accounts(lead: Lead, trust: Trust, given: Sequence[Given]) -> Trust:
    """Return the trust in a text that is the same in files of several cameras, as their own accounts say."""
    accounts = {one.account for one in given if one.is_own}
    return Trust.POOR if len(accounts) > 1 and not _tells_apart(lead) else trust


def _why(lead: Lead, trust: Trust) -> str:
    if all(is_imei(value) for value in lead.values):
        return f"{lead.words} is an IMEI: its check digit is right"
    if trust == Trust.SURE:
        return f"{lead.words} is there to name one device"
    return f"{lead.words} is no date, no counter, and no word that all cameras use"


def _choice(lead: Lead, trust: Trust) -> Choice:
    check = ', check = "imei"' if all(is_imei(value) for value in lead.values) else ""
    doubt = ""
    if trust == Trust.POOR:
        doubt = _DOUBTS["text"] if lead.kind == "text" else _DOUBTS["address"] if lead.kind == "part" else ""
    return Choice(lead.key, lead.words, f'from = "{lead.source}"{check}', lead.values, doubt, lead.find)


def _account(given: Sequence[Given]) -> Choice:
    own = tuple(one.account or "" if one.is_own else "" for one in given)
    words = "the camera's own FTPS account"
    return Choice("account", words, 'from = "account"', own, "" if all(own) else _NO_OWN)
