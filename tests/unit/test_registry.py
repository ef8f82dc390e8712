"""The registry: which vendors there are, and what is said of a package that can't be one."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_smssign.core import registry
from pulumi_smssign.model.errors import BugError, InputError


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """A registry of its own for each test."""
    for each in (registry._announced, registry.named):
        each.cache_clear()
    yield
    for each in (registry._announced, registry.named):
        each.cache_clear()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on the path, for packages."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def announce(site: Path, distribution: str, *vendors: str) -> None:
    """Install a distribution that has these entry points."""
    folder = site / f"{distribution}-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1\n")
    points = "\n".join(vendors)
    (folder / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{points}\n")
    importlib.invalidate_caches()


def test_installed_package_is_a_vendor(site: Path) -> None:
    announce(site, "acme-sms", "acme = acme_sms")
    assert "acme" in registry.VENDORS
    assert tuple(registry.VENDORS) == (*registry.OURS, "acme")


def test_packages_are_not_searched_for_one_of_ours() -> None:
    assert "tencent" in registry.VENDORS
    assert registry.named("tencent").title == "Tencent Cloud"
    assert registry._announced.cache_info().currsize == 0


def test_registry_of_ours_alone_loads_no_vendor() -> None:
    assert "nobody" not in registry.VENDORS
    assert len(registry.VENDORS) == len(registry.OURS)
    assert registry.VENDORS[0] == registry.OURS[0]


@pytest.mark.parametrize(
    ("points", "why"),
    [
        (["tencent = acme_sms"], "pulumi_smssign.tencent has that name already"),
        (["acme = acme_sms", "acme = other_sms"], "acme_sms has that name already"),
        (["acme-sms = acme_sms"], "lower-case letters, digits and _"),
        (["sandbox = acme_sms"], "is no key of smssign:"),
    ],
)
def test_name_that_is_no_vendors_is_refused(site: Path, points: list[str], why: str) -> None:
    for number, point in enumerate(points):
        announce(site, f"acme{number}", point)
    with pytest.raises(InputError, match="names no vendor: ") as caught:
        list(registry.VENDORS)
    assert why in caught.value.summary
    assert points[-1] in caught.value.summary


def test_package_without_a_part_is_told_which(site: Path) -> None:
    announce(site, "acme-sms", "acme = acme_sms")
    (site / "acme_sms").mkdir()
    (site / "acme_sms" / "__init__.py").touch()
    try:
        with pytest.raises(InputError) as caught:
            registry.named("acme")
    finally:
        del sys.modules["acme_sms"]
    assert "the vendor 'acme' has no acme_sms.auth.AccountCredentials" in caught.value.summary
    assert caught.value.advice == "see docs/adding-a-vendor.md."


def test_one_of_ours_without_a_part_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "OURS", (*registry.OURS, "baidu"))
    with pytest.raises(BugError, match=r"the vendor 'baidu' has no pulumi_smssign\.baidu\.auth"):
        registry.named("baidu")
