"""Which person somebody is whom a provider has let in: by one claim, where the provider vouches for it. Pure."""

from collections.abc import Mapping
from typing import Any

from ingest.settings.values import Provider
from ingest.spool.people import is_name

VOUCHED_FOR = {"email": "email_verified"}
"""Claims that people can often type in at a provider themselves, each with the one that says it was checked.
OpenID Connect Core 1.0, section 5.7: only `sub` is sure to be one person's for ever."""


def is_issuer(told: object, provider: Provider) -> bool:
    """Say whether this is what the provider calls itself; a slash at the end makes no difference.

    >>> is_issuer("https://id.example/", Provider("https://id.example")), is_issuer(None, Provider("https://id.example"))
    (True, False)
    """
    return isinstance(told, str) and told.rstrip("/") == provider.issuer.rstrip("/")


def name_in(claims: Mapping[str, Any], claim: str) -> str:
    """Return the name on the page People. Raise ValueError with a sentence where the claims name nobody for sure.

    >>> name_in({"email": "Rose@example.org", "email_verified": True}, "email")
    'Rose@example.org'
    """
    told = claims.get(claim)
    if not isinstance(told, str) or not told:
        raise ValueError(f"The provider does not tell the claim {claim} of you. Its admin can add it to this client.")
    if (checked := VOUCHED_FOR.get(claim)) and claims.get(checked) is not True:
        raise ValueError(f"The provider does not vouch for your {claim}: {checked} is not true there.")
    if not is_name(told):
        raise ValueError("What the provider calls you cannot be a name here: letters, digits and . _ @ - only.")
    return told
