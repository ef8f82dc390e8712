"""The checklist of a new vendor: every place outside its own packages that has to name it."""

from __future__ import annotations

import inspect
import tomllib
from pathlib import Path
from typing import get_args

import pytest

import pulumi_smssign
from pulumi_smssign.brand import Brand, Vendor
from pulumi_smssign.core.registry import OURS

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ROOMS, SANDBOX_APART, CLIENTS_APART, *_ = PROJECT["tool"]["importlinter"]["contracts"]


def text_of(path: str) -> str:
    """A file of the checkout; "" where there is none."""
    return (ROOT / path).read_text("utf-8") if (ROOT / path).is_file() else ""


def listed(names: list[str]) -> set[str]:
    """The last parts of dotted names."""
    return {name.rpartition(".")[2] for name in names}


PLACES: dict[str, set[str]] = {
    "pulumi_smssign/__init__.py: its package, in __all__ and both branches": set(
        pulumi_smssign.__all__
    )
    & set(dir(pulumi_smssign)),
    "pulumi_smssign/brand.py: Vendor": set(get_args(Vendor)),
    "pulumi_smssign/brand.py: an argument of Brand": set(inspect.signature(Brand).parameters),
    "pyproject.toml: a keyword": {
        word.removesuffix("-cloud") for word in PROJECT["project"]["keywords"]
    },
    "pyproject.toml: the layers of [tool.importlinter]": {
        name.strip() for layer in ROOMS["layers"] for name in layer.split("|")
    },
    "pyproject.toml: the rooms kept from the sandbox": listed(SANDBOX_APART["forbidden_modules"]),
    "pyproject.toml: the clients without the sandbox": listed(CLIENTS_APART["source_modules"]),
    **{
        f"{path}: {aspect}": {vendor for vendor in OURS if mark.format(vendor) in text_of(path)}
        for path, aspect, mark in (
            ("pulumi_smssign/sandbox/registry.py", "its gateway", "pulumi_smssign.sandbox.{}"),
            ("tests/sandbox/fuzz/calls.py", "its calls in PROTOCOLS", '"{}"'),
            ("docs/settings.md", "run `python -m tools.pages --write`", "| `{}` |"),
            ("README.md", "a link to its page", "(docs/vendors/{}.md)"),
            ("README.zh-CN.md", "a link to its page", "(docs/vendors/{}.md)"),
            ("README.zh-CN.md", "a link to its Chinese page", "(docs/zh/vendors/{}.md)"),
        )
    },
    **{
        f"{path}: a file of its own": {
            vendor for vendor in OURS if (ROOT / path.replace("NAME", vendor)).exists()
        }
        for path in (
            "pulumi_smssign/sandbox/NAME",
            "tests/vendors/NAME.py",
            "docs/vendors/NAME.md",
            "docs/zh/vendors/NAME.md",
        )
    },
}
"""Each place, and the vendors that it names."""


@pytest.mark.parametrize("vendor", OURS)
@pytest.mark.parametrize(
    ("place", "names"), PLACES.items(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_vendor_stands_wherever_it_has_to(place: str, names: set[str], vendor: str) -> None:
    assert vendor in names, f"the vendor {vendor} is missing in {place}; docs/adding-a-vendor.md"
