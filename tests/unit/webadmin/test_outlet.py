"""What a zip is written into that is sent as it is made."""

from webadmin.outlet import Outlet


def test_bytes_are_given_on_once_in_their_order() -> None:
    outlet = Outlet()
    assert list(outlet.take()) == []
    assert outlet.write(b"ab") == 2
    outlet.write(memoryview(b"c"))
    outlet.flush()
    assert list(outlet.take()) == [b"ab", b"c"] and list(outlet.take()) == []
