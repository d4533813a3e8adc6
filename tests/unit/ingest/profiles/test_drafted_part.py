"""An account that several cameras use is not seen by what looks for an ID."""

from ingest.profiles.drafted_part import of_own_accounts
from ingest.profiles.drafts import Given
from ingest.reading.facts import Facts


def test_a_shared_account_names_no_camera() -> None:
    given = [Given("a.jpg", Facts("image", 1), "ridge", is_own=own) for own in (True, False)]
    assert [one.account for one in of_own_accounts(given, [one.subject for one in given])] == ["ridge", None]
