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
    assert "the vendor 'acme' has no acme_sms.rules.RULES" in caught.value.summary
    assert caught.value.advice == "see docs/adding-a-vendor.md."


def test_one_of_ours_without_a_part_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "OURS", (*registry.OURS, "baidu"))
    with pytest.raises(BugError, match=r"the vendor 'baidu' has no pulumi_smssign\.baidu\.rules"):
        registry.named("baidu")


RENAME = "rename it in the package that announces it, or remove that package."
NO_NAME = "a vendor's name has lower-case letters, digits and _, and is no key of smssign:"


@pytest.mark.parametrize(
    ("point", "why"),
    [
        ("adopt = acme_sms", NO_NAME),
        ("Acme = acme_sms", NO_NAME),
        ("1acme = acme_sms", NO_NAME),
        ("yunpian = acme_sms", "pulumi_smssign.yunpian has that name already"),
    ],
)
def test_a_refused_name_is_told_in_these_words(site: Path, point: str, why: str) -> None:
    announce(site, "acme", point)
    with pytest.raises(InputError) as caught:
        list(registry.VENDORS)
    assert caught.value.summary == (
        f"the entry point {point} of pulumi_smssign.vendors names no vendor: {why}"
    )
    assert caught.value.advice == RENAME


def test_one_package_may_announce_a_name_twice_and_ours_too(site: Path) -> None:
    announce(site, "acme", "acme_2 = acme_sms", "tencent = pulumi_smssign.tencent")
    announce(site, "acme-again", "acme_2 = acme_sms")
    assert registry._announced() == {"acme_2": "acme_sms", "tencent": "pulumi_smssign.tencent"}
    assert registry.package_of("acme_2") == "acme_sms"
    assert registry.package_of("tencent") == "pulumi_smssign.tencent"


def test_a_vendor_that_nobody_announces_says_what_to_install() -> None:
    with pytest.raises(InputError) as caught:
        registry.part("nobody", "rules.RULES")
    assert caught.value.summary == "the vendor 'nobody' is not installed"
    assert caught.value.advice == (
        "install the package that announces it as an entry point of pulumi_smssign.vendors, in the "
        "environment that the program runs in."
    )


@pytest.mark.parametrize("name", [None, 7, ["tencent"], ("tencent",)])
def test_a_value_that_is_no_name_is_no_vendor(name: object) -> None:
    assert name not in registry.VENDORS


def test_a_part_that_is_missing_is_told_whole() -> None:
    with pytest.raises(BugError) as caught:
        registry.part("tencent", "rules.NONE")
    assert caught.value.summary == (
        "the vendor 'tencent' has no pulumi_smssign.tencent.rules.NONE: module "
        "'pulumi_smssign.tencent.rules' has no attribute 'NONE'"
    )
