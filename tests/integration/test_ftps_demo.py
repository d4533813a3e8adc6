"""The demo, ended by itself: every simulated file gets the verdict that the demo promises, twice in a row."""

import pytest

from tests import demo
from tests.integration.gateway import Gateway


def test_every_verdict_of_the_demo_is_the_expected_one_again_and_again(
    prepared: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        status = demo.run(prepared.folder, once=True)
        printed = capsys.readouterr().out
        assert status == 0, printed
        assert "16 of 16 verdicts as expected." in printed
        assert printed.count("battery at 9 %") == 2 and "Bring fresh batteries." in printed
        assert prepared.explicit.password in printed
