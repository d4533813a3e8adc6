"""Who somebody is here whom a provider has let in."""

from typing import Any

import pytest

from webadmin.provider.identity import name_in


@pytest.mark.parametrize(
    ("claims", "claim", "name"),
    [
        ({"sub": "248289761001"}, "sub", "248289761001"),
        ({"preferred_username": "rose"}, "preferred_username", "rose"),
        ({"email": "rose@example.org", "email_verified": True}, "email", "rose@example.org"),
    ],
)
def test_a_claim_is_somebodys_name(claims: dict[str, Any], claim: str, name: str) -> None:
    assert name_in(claims, claim) == name


@pytest.mark.parametrize("checked", [{}, {"email_verified": False}, {"email_verified": "true"}, {"email_verified": 1}])
def test_an_address_that_the_provider_has_not_checked_is_nobodys(checked: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="does not vouch for your email"):
        name_in({"email": "admin", **checked}, "email")


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({}, "does not tell the claim sub"),
        ({"sub": ""}, "does not tell the claim sub"),
        ({"sub": ["rose"]}, "does not tell the claim sub"),
        ({"sub": "../admin"}, "cannot be a name here"),
        ({"sub": "a b"}, "cannot be a name here"),
        ({"sub": "röse"}, "cannot be a name here"),
    ],
)
def test_claims_that_name_nobody_say_what_to_change(claims: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        name_in(claims, "sub")
