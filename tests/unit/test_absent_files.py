"""Proof files that a run lacks: a scan is private and not in Git, and its signature is in state.

Cases: the file is missing, a folder, a pointer of Git LFS or git-annex, locked by git-crypt; alone
and in a list; of a signature that state has, and of a new one, which can't go without.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_smssign.cli.inventory.checkup import Health, _proof
from pulumi_smssign.contract import evidence
from pulumi_smssign.contract.application import examine
from pulumi_smssign.core.registry import named
from tests.images import png

STANDS = {
    "pointer": b"version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 1\n",
    "annex": b"/annex/objects/SHA256E-s12--ab.png\n",
    "locked": b"\0GITCRYPT\0" + bytes(range(20)),
}
FIELDS = {"tencent": "proof_image", "huawei": "licence", "ucloud": "file", "yunpian": "licences"}


def reasons(vendor: str, path: Path, *, managed: bool) -> list[str]:
    name = FIELDS[vendor]
    file = evidence.describe(path)
    value = [file] if vendor == "yunpian" else file
    findings = examine(
        named(vendor).application, {name: value}, frozenset(), new=not managed, managed=managed
    )
    return [each.reason for each in findings.problems if each.property.startswith(name)]


@pytest.mark.parametrize("vendor", FIELDS)
@pytest.mark.parametrize("kind", ["missing", "folder", *STANDS])
def test_signature_in_state_is_told_how_to_go_without_its_file(
    vendor: str, kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "licence.png"
    if kind == "folder":
        path.mkdir()
    elif kind in STANDS:
        path.write_bytes(STANDS[kind])
    (told,) = reasons(vendor, path, managed=True)
    assert f'opts=pulumi.ResourceOptions(ignore_changes=["{FIELDS[vendor]}"])' in told
    (told,) = reasons(vendor, path, managed=False)
    assert "ignore_changes" not in told


@pytest.mark.parametrize("vendor", FIELDS)
def test_file_that_is_there_is_nothing_to_go_without(vendor: str, tmp_path: Path) -> None:
    path = tmp_path / "licence.png"
    path.write_bytes(png())
    assert reasons(vendor, path, managed=True) == []
    path.write_bytes(b"GIF8")
    assert all("ignore_changes" not in told for told in reasons(vendor, path, managed=True))


def test_doctor_tells_how_to_go_without_a_file(tmp_path: Path) -> None:
    submitted = {"path": "licence.png", "sha256": "0" * 64}
    check = _proof(tmp_path, "brand.proof_image", submitted)
    assert check.health is Health.WARNING
    assert 'ignore_changes=["proof_image"]' in check.advice
