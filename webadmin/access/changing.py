"""What the watcher is asked of people: to change who they are, with what it needs to know of the deployment's."""

from collections.abc import Iterable
from typing import Any

from ingest.requests.answers import Answer
from ingest.spool.people import PASSWORD_LEAST, Person
from webadmin.access import sessions
from webadmin.access.people import PASSWORD_MAX_CHARACTERS, find_person
from webadmin.access.session_words import ended_words
from webadmin.access.sessions import Session
from webadmin.asking import answer_as, answer_to, tell_answer
from webadmin.context import context


def ask_of(person: Person, by: str, action: str, **words: Any) -> Answer:
    """Ask for a change of a person in somebody's name, and return how it ended, if that is known soon."""
    return answer_as(by, action, **about(person), **words)


def about(person: Person) -> dict[str, str]:
    """Return what a request says of whom it is about: of one of the deployment's also what the watcher begins with."""
    begins = {"replaces": person.replaces, "deployed_hash": person.password_hash} if person.replaces else {}
    return {"person": person.name, **begins}


def end_sessions(name: str, ended: Iterable[Session]) -> None:
    """End sessions of somebody at once, have that put down, and tell it; nothing where there are none."""
    cache = context().surroundings.cache
    found = [one for one in ended if sessions.end_marked(cache, one.mark)]
    if found:
        tell_answer(answer_to("end_sessions", person=name, words=ended_words(found)))


def person_now(name: str) -> Person | None:
    """Return who somebody is now; None for nobody. Raise OSError."""
    here = context()
    return find_person(here.root, here.settings.admin.password_file, name)


def wrong_password(password: str) -> str:
    """Say what is wrong with a password that somebody wants; nothing where it will do.

    >>> wrong_password("short"), wrong_password("long enough now")
    ('Use 10 characters or more.', '')
    """
    if len(password) < PASSWORD_LEAST:
        return f"Use {PASSWORD_LEAST} characters or more."
    return f"Use {PASSWORD_MAX_CHARACTERS} characters at most." if len(password) > PASSWORD_MAX_CHARACTERS else ""
