"""Certificates of an invented authority, made with the openssl command."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

_CONFIGURATION = """\
[ca]
default_ca = invented
[invented]
database = {folder}/index.txt
new_certs_dir = {folder}
serial = {folder}/serial
default_md = sha256
policy = anything
email_in_dn = no
[anything]
commonName = supplied
"""
_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def _openssl(*arguments: str | Path) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


@dataclass
class Authority:
    """An authority that nobody trusts but whoever is given its `certificate`."""

    folder: Path
    name: str = "invented"

    @property
    def certificate(self) -> Path:
        return self.folder / f"{self.name}.pem"

    @property
    def _key(self) -> Path:
        return self.folder / f"{self.name}.key"

    @classmethod
    def made(cls, folder: Path, name: str = "invented") -> Authority:
        authority = cls(folder, name)
        _openssl(
            *("req", "-x509", *_KEY, "-days", "3650", "-subj", f"/CN={name}"),
            *("-keyout", authority._key, "-out", authority.certificate),
        )
        return authority

    def context(
        self,
        names: str = "DNS:localhost,DNS:sms.example,IP:127.0.0.1",
        *,
        begins: str = "20200101000000Z",
        ends: str = "20990101000000Z",
    ) -> ssl.SSLContext:
        """A server's side, with a certificate for these names and of this time."""
        (self.folder / "ca.cnf").write_text(_CONFIGURATION.format(folder=self.folder))
        (self.folder / "names.cnf").write_text(f"subjectAltName={names}\n")
        (self.folder / "index.txt").write_text("")
        (self.folder / "serial").write_text("01\n")
        key, request, leaf = (self.folder / f"leaf.{kind}" for kind in ("key", "csr", "pem"))
        _openssl("req", *_KEY, "-subj", "/CN=leaf", "-keyout", key, "-out", request)
        _openssl(
            *("ca", "-batch", "-notext", "-config", self.folder / "ca.cnf"),
            *("-cert", self.certificate, "-keyfile", self._key, "-in", request, "-out", leaf),
            *("-startdate", begins, "-enddate", ends, "-extfile", self.folder / "names.cnf"),
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(leaf, key)
        return context

    def own_context(self) -> ssl.SSLContext:
        """A server's side whose certificate is the authority's own: signed by itself."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self._key)
        return context
