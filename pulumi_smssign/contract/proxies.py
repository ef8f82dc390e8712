"""Proxies of the environment, and the hosts that NO_PROXY exempts, as curl and Go read it."""

from __future__ import annotations

import ipaddress
import re
from urllib.request import getproxies

import httpx

from pulumi_smssign.contract.endpoints import is_loopback

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_WITH_PORT = re.compile(r"(?:\[(?P<v6>[^\[\]]+)\]|(?P<name>[^:\[\]/]+))(?::(?P<port>[0-9]*))?")
"""A domain or an address, perhaps with a port; an IPv6 address without brackets has none."""
_ADDRESSES = re.compile(r"[0-9a-f.:]+(?:/[0-9]+)?")
_SOCKS = ("socks5", "socks5h")


def proxy_for(url: httpx.URL) -> httpx.Proxy | None:
    """The proxy on the way to a URL; None for this machine, and where none is set.

    Raises:
        ValueError, httpx.InvalidURL: it is not a proxy's address.
        ImportError: it is a SOCKS proxy, and the package for it is not installed.
    """
    proxies = getproxies()
    address = (proxies.get(url.scheme) or proxies.get("all") or "").strip()
    if not address or is_loopback(str(url)) or is_exempt(url, proxies.get("no", "")):
        return None
    proxy = httpx.Proxy(address if "://" in address else f"http://{address}")
    if not proxy.url.host:
        raise ValueError("it names no host")
    if proxy.url.scheme in _SOCKS:
        import socksio  # type: ignore[import-not-found] # noqa: F401 - an optional dependency
    return proxy


def is_exempt(url: httpx.URL, no_proxy: str) -> bool:
    """Whether NO_PROXY has an entry for the URL's host; one that nobody understands is none."""
    entries = re.split(r"[,\s]+", no_proxy.lower())
    if "*" in entries:
        return True
    host = url.raw_host.decode("ascii").lower().rstrip(".")
    port = url.port or {"http": 80, "https": 443}[url.scheme]
    return any(entry and _is_for(entry, host, str(port)) for entry in entries)


def _is_for(entry: str, host: str, port: str) -> bool:
    """Whether an entry (domain, address or network, and perhaps a port) is for a host."""
    match = _WITH_PORT.fullmatch(entry)
    name = match["v6"] or match["name"] if match else entry
    if match and (match["port"] or port) != port:
        return False
    network, address = _network(name), _address(host)
    if network is not None or address is not None:
        return network is not None and address is not None and address in network
    return _is_domain_of(name, host)


def _network(name: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    """The addresses that a network, or an address, stands for."""
    if not _ADDRESSES.fullmatch(name):
        return None
    try:
        return ipaddress.ip_network(_address(name) or name, strict=False)
    except ValueError:
        return None


def _address(host: str) -> _Address | None:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_domain_of(name: str, host: str) -> bool:
    """Whether a host is a domain or lies below it; below alone for "*.", which is Go's."""
    is_below_only = name.startswith("*.")
    domain = name.removeprefix("*").removeprefix(".").rstrip(".")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    if not domain:
        return False
    return host.endswith(f".{domain}") or (host == domain and not is_below_only)
