"""Errors of the environment: a proxy, a certificate file or an address that can't be used."""

from __future__ import annotations

import os

from pulumi_smssign.model.errors import AccountError

_PROXIES = ("https_proxy", "http_proxy", "all_proxy")
_CERTIFICATES = ("ssl_cert_file", "ssl_cert_dir")
_SOCKS = "socks"


def unusable(vendor: str, error: BaseException | None) -> AccountError:
    """The error of an unusable environment; names its variables, never their values.

    Args:
        vendor: the vendor's name.
        error: what was raised: OSError about certificates, ImportError about SOCKS, any other
            about an address.
    """
    if isinstance(error, OSError):
        return AccountError(
            f"{vendor} can't be asked: {_set(_CERTIFICATES) or 'the trusted certificates'} "
            "can't be read as a file of certificates",
            vendor=vendor,
            advice="name a file in PEM format that exists, or unset the variable.",
        )
    if isinstance(error, ImportError):
        return AccountError(
            f"{vendor} can't be asked: {_set(_PROXIES, _SOCKS) or 'the proxy of this system'} "
            "is a SOCKS proxy, and the package for it is not installed",
            vendor=vendor,
            advice="name an http:// proxy, unset the variable, or pip install 'httpx[socks]'.",
        )
    return AccountError(
        f"{vendor} can't be asked: {_set(_PROXIES) or 'the endpoint'} is not usable",
        vendor=vendor,
        advice="name a valid host and port, such as http://host:3128 for a proxy; or unset the "
        "variable.",
    )


def _set(names: tuple[str, ...], beginning: str = "") -> str:
    """The variables of these names that are set, to a value that begins so, for a message."""
    variables = (
        name
        for name, value in os.environ.items()
        if name.lower() in names and value and value.lower().startswith(beginning)
    )
    return " or ".join(sorted(variables))
