"""Which machine a name in a target's address means, and whether it is one that a gateway may be sent to."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from ingest.outbox.answers import TargetDownError

SocketAddress = tuple[str, int]

_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the internet: none of this host, its network, or a provider's own services.

    >>> [is_public(one) for one in ("8.8.8.8", "127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1")]
    [True, False, False, False, False, False]
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if inner := _ipv4_in(found):
            return is_public(str(inner))
        if found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def _ipv4_in(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that one of IPv6 stands for: mapped, 6to4, or translated by NAT64 (RFC 6052)."""
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def addresses_of(host: str, port: int, *, private_too: bool) -> list[SocketAddress]:
    """Look a name up once. Raise TargetDownError when it has no address, or one that is not allowed.

    Who connects does so to one of these: a second look could give another answer (DNS rebinding).
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise TargetDownError(f"The name {host} cannot be resolved; check url and the host's DNS.") from error
    addresses = [(str(one[4][0]), int(one[4][1])) for one in found]
    inside = [address for address, _ in addresses if not is_public(address)]
    if inside and not private_too:
        raise TargetDownError(
            f"{host} is {inside[0]}, an address inside this network; set private_addresses = true if that is meant."
        )
    return addresses
