"""TLS handshakes that fail (a certificate, a clock, a host, no https), each with its way out."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import httpx

from pulumi_smssign.contract.endpoints import is_loopback
from pulumi_smssign.model.language import _, mark
from pulumi_smssign.model.redaction import quote


class Trouble(NamedTuple):
    """Why a handshake failed, and what to do; in the table of certificates marked messages."""

    problem: str
    advice: str


_OTHER_HOST = mark(
    "check the endpoint; if it is right, another server answers there: see the network's DNS, and "
    "the proxy."
)
_UNTRUSTED = mark(
    "check the endpoint. If a proxy of your company reads https, set SSL_CERT_FILE to a PEM file "
    "that has its certificate beside the usual ones."
)
_NO_COMMON_VERSION = mark("check the endpoint; a proxy or an old server may answer there.")
_NOT_HTTPS = mark("check the endpoint's port, and the proxy: one set as https:// is often http://.")
_HTTP_HERE = mark("write the endpoint with http://: the sandbox speaks no https.")

_EXPIRED, _NOT_YET_VALID = 10, 9
_CERTIFICATES = {
    **dict.fromkeys((62, 64), Trouble(mark("its certificate is for another host"), _OTHER_HOST)),
    **dict.fromkeys(
        (18, 19, 20, 21),
        Trouble(mark("its certificate is from nobody whom this machine trusts"), _UNTRUSTED),
    ),
}
"""The troubles with a certificate, by the codes of X509_verify_cert_error_string."""
_PLAIN = ("WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "PACKET_LENGTH_TOO_LONG")
_OLD = (
    "UNSUPPORTED_PROTOCOL",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "NO_PROTOCOLS_AVAILABLE",
    "WRONG_SSL_VERSION",
)


def trouble_with(error: BaseException, url: httpx.URL) -> Trouble | None:
    """The trouble with a handshake that a failed connection met; None for any other failure.

    That the other side hung up is none, since it may not do so at the next attempt; but on this
    machine it is what a server without https does.
    """
    failure = next((each for each in _causes(error) if isinstance(each, ssl.SSLError)), None)
    if failure is None:
        return None
    if isinstance(failure, ssl.SSLCertVerificationError):
        return _with_certificate(failure)
    reason, is_here = failure.reason or "", is_loopback(str(url))
    has_hung_up = isinstance(failure, ssl.SSLEOFError | ssl.SSLZeroReturnError)
    if reason in _PLAIN or (is_here and has_hung_up):
        return Trouble(_("it speaks no https there"), _(_HTTP_HERE if is_here else _NOT_HTTPS))
    if has_hung_up:
        return None
    if reason in _OLD:
        problem = _("it speaks no version of TLS that is safe today")
        return Trouble(problem, _(_NO_COMMON_VERSION))
    problem = _("TLS failed: {reason}", reason=quote(reason or str(failure)))
    return Trouble(problem, _(_OTHER_HOST))


def _with_certificate(failure: ssl.SSLCertVerificationError) -> Trouble:
    if failure.verify_code in (_EXPIRED, _NOT_YET_VALID):
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
        return Trouble(
            _("its certificate has expired")
            if failure.verify_code == _EXPIRED
            else _("its certificate is not valid yet"),
            _(
                "this machine's clock says {now}: set it if that is wrong; else only who runs the "
                "endpoint, or the proxy, can renew the certificate.",
                now=now,
            ),
        )
    known = _CERTIFICATES.get(failure.verify_code)
    if known is not None:
        return Trouble(_(known.problem), _(known.advice))
    reason = quote(failure.verify_message)
    problem = _("its certificate is not accepted ({reason})", reason=reason)
    return Trouble(problem, _(_UNTRUSTED))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
