"""Errors of the environment: a proxy, a certificate file or an address that can't be used."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pulumi_smssign.contract.files import opened
from pulumi_smssign.model.errors import AccountError
from pulumi_smssign.model.language import _

if TYPE_CHECKING:
    import ssl

_PROXIES = ("https_proxy", "http_proxy", "all_proxy")
_CERTIFICATES = ("ssl_cert_file", "ssl_cert_dir")
_CERTIFICATES_FILE, _KEY_LOG = "SSL_CERT_FILE", "SSLKEYLOGFILE"
_SOCKS = "socks"


def unusable(vendor: str, error: BaseException | None) -> AccountError:
    """The error of an unusable environment; names its variables, never their values.

    Args:
        vendor: the vendor's name.
        error: what was raised: OSError about certificates, ImportError about SOCKS, any other
            about an address.
    """
    if isinstance(error, OSError) and error.filename == os.environ.get(_KEY_LOG, ""):
        return AccountError(
            _(
                "{vendor} can't be asked: {variable} names a file that can't be written",
                vendor=vendor,
                variable=_KEY_LOG,
            ),
            vendor=vendor,
            advice=_("unset the variable: it is for those who look into TLS."),
        )
    if isinstance(error, OSError):
        return AccountError(
            _(
                "{vendor} can't be asked: {setting} can't be read as a file of certificates",
                vendor=vendor,
                setting=_set(_CERTIFICATES) or _("the trusted certificates"),
            ),
            vendor=vendor,
            advice=_("name a file in PEM format that exists, or unset the variable."),
        )
    if isinstance(error, ImportError):
        return AccountError(
            _(
                "{vendor} can't be asked: {setting} is a SOCKS proxy, and the package for it is "
                "not installed",
                vendor=vendor,
                setting=_set(_PROXIES, _SOCKS) or _("the proxy of this system"),
            ),
            vendor=vendor,
            advice=_("name an http:// proxy, unset the variable, or pip install 'httpx[socks]'."),
        )
    return AccountError(
        _(
            "{vendor} can't be asked: {setting} is not usable",
            vendor=vendor,
            setting=_set(_PROXIES) or _("the endpoint"),
        ),
        vendor=vendor,
        advice=_(
            "name a valid host and port, such as http://host:3128 for a proxy; or unset the "
            "variable."
        ),
    )


def _set(names: tuple[str, ...], beginning: str = "") -> str:
    """The variables of these names that are set, to a value that begins so, for a message."""
    variables = (
        name
        for name, value in os.environ.items()
        if name.lower() in names and value and value.lower().startswith(beginning)
    )
    return _(" or ").join(sorted(variables))


def tls_context() -> ssl.SSLContext:
    """The certificates that are trusted: those that the environment names, or else the library's.

    Raises:
        OSError: they can't be read.
    """
    import httpx

    if file := os.environ.get(_CERTIFICATES_FILE):
        # OpenSSL would wait for a pipe in its place, and no Ctrl-C would end that.
        opened(file).close()
    return httpx.create_ssl_context()
