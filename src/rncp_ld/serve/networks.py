"""Addresses and networks of hosts, for those that are trusted."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TypeAlias

Network: TypeAlias = IPv4Network | IPv6Network


def parse_network(text: str) -> Network:
    """Read an address ("10.0.0.1", "::1") or a network ("10.0.0.0/8").

    Raises:
        ValueError: it is neither.
    """
    return ip_network(text, strict=False)


def is_within(address: str, networks: Sequence[Network]) -> bool:
    """Tell whether an address belongs to one of some networks; a text that is no address belongs to none.

    >>> is_within("10.1.2.3", [parse_network("10.0.0.0/8")]), is_within("nobody", [parse_network("::/0")])
    (True, False)
    """
    if not networks:
        return False
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in networks)
