"""Endpoints: the URLs that calls go to, held against what every parser reads alike."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pulumi_smssign.model.language import _

_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_PLAIN = re.compile(r"https?://[a-z0-9.-]{1,253}(:[0-9]{1,5})?[/A-Za-z0-9._-]{0,200}")
"""URLs that every parser reads alike."""


def endpoint_url(url: str) -> str:
    """A usable endpoint without its last slash: https, or plain http to this machine only."""
    if not url.isprintable() or " " in url:
        raise ValueError(_("must be a URL without spaces and line breaks"))
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise ValueError(
            _("must be a URL such as https://host:443, its port from 1 to 65535")
        ) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not _is_read_alike(url):
        raise ValueError(_("must be a URL such as https://host"))
    if port == 0:
        raise ValueError(_("must be a URL such as https://host:443, its port from 1 to 65535"))
    if parts.username is not None or parts.password is not None:
        raise ValueError(_("must be a URL without a user and a password"))
    if "?" in url or "#" in url:
        raise ValueError(_("must be a URL without ? and #: the calls add what they need"))
    if parts.scheme == "http" and not is_loopback(url):
        raise ValueError(_("plain http is only for this machine (127.0.0.1): use https"))
    return url.rstrip("/")


def _is_read_alike(url: str) -> bool:
    """Whether the client will see the same host in a URL as whoever examines it here."""
    if _PLAIN.fullmatch(url) and "xn--" not in url:
        return True
    import httpx  # only for an unusual URL: most commands need no client

    try:
        parsed = httpx.URL(url)
        return urlsplit(url).hostname in (parsed.host, parsed.raw_host.decode())
    # UnicodeError: a label in Punycode that stands for nothing.
    except (httpx.InvalidURL, UnicodeError):
        return False


def is_loopback(url: str) -> bool:
    """Whether a URL leads to this machine."""
    return urlsplit(url).hostname in _LOOPBACK
