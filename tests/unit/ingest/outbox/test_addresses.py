"""Which addresses a gateway may be sent to."""

import socket
from typing import Any

import pytest

from ingest.outbox.addresses import addresses_of, is_public
from ingest.outbox.answers import TargetDownError


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "0.0.0.0",  # noqa: S104 - not bound to
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.1.1",
        "169.254.169.254",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "::",
        "::1",
        "::7f00:1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "2002:7f00:1::1",
        "2002:a9fe:a9fe::1",
        "64:ff9b::169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2001::1",
        "4000::1",
    ],
)
def test_an_address_that_is_none_of_the_internet_is_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"])
def test_an_address_of_the_internet_is_known(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["localhost", "127.1", "0x7f000001", "2130706433", "::1", "10.0.0.1"])
def test_however_an_inner_address_is_written_it_is_refused_unless_it_is_meant(host: str) -> None:
    with pytest.raises(TargetDownError, match=r"an address inside this network; set private_addresses = true if"):
        addresses_of(host, 80, private_too=False)
    assert addresses_of(host, 80, private_too=True)


def test_one_inner_address_among_others_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    def two(*_: Any, **__: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("1.1.1.1", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", two)
    with pytest.raises(TargetDownError, match=r"^example\.org is 10\.0\.0\.1, an address inside this network"):
        addresses_of("example.org", 80, private_too=False)
    assert addresses_of("example.org", 80, private_too=True) == [("1.1.1.1", 80), ("10.0.0.1", 80)]


@pytest.mark.parametrize("host", ["no-such-host.invalid", "a..b", "x" * 64 + ".example"])
def test_a_name_without_an_address_is_said(host: str) -> None:
    with pytest.raises(TargetDownError, match=r"cannot be resolved; check url and the host's DNS\.$"):
        addresses_of(host, 80, private_too=True)
