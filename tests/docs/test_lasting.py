"""Costs, support, releases, upgrading and leaving: their numbers, length, and links."""

from __future__ import annotations

import importlib
import re
import tomllib

import pytest
from pyrate_limiter import Rate

from pulumi_smssign.core.registry import OURS
from pulumi_smssign.version import __version__
from tests.docs.pages import CHECKOUT, CHINESE, DOCS, README, links, text_of
from tests.engine.sdks import OLDEST
from tools.engine.makers import ENGINE_VERSION
from tools.engine.programs import OLDEST as FIRST_AWAITING

TITLES = ("costs-and-limits", "support", "releases", "upgrading", "leaving")
COSTS, SUPPORT = (text_of(DOCS / f"{title}.md") for title in TITLES[:2])
PROJECT = tomllib.loads(text_of(CHECKOUT / "pyproject.toml"))["project"]


@pytest.mark.parametrize("title", TITLES)
def test_the_page_is_read_in_a_minute_and_both_readmes_lead_to_it(title: str) -> None:
    assert len(text_of(DOCS / f"{title}.md").splitlines()) <= 60
    for readme in (README, CHINESE):
        assert f"docs/{title}.md" in links(readme)


def row_of(page: str, subject: str) -> list[str]:
    """The cells behind a row's first one."""
    (row,) = re.findall(rf"(?m)^\| {re.escape(subject)} \| (.*) \|$", page)
    return str(row).split(" | ")


@pytest.mark.parametrize("vendor", OURS)
def test_the_calls_a_second_are_those_that_the_client_keeps_to(vendor: str) -> None:
    limits: dict[str, Rate] = importlib.import_module(
        f"pulumi_smssign.{vendor}.api"
    ).SignatureApi.limits
    reads, writes, *_ = row_of(COSTS, f"`{vendor}`")
    stated = {int(number) for number in re.findall(r"\d+", f"{reads} {writes}")}
    assert {rate.limit for rate in limits.values()} == stated
    assert {rate.interval for rate in limits.values()} == {1050}  # a second, and the network


def test_the_versions_that_are_supported_are_those_of_the_project() -> None:
    python, engine, sdk = (
        row_of(SUPPORT, subject)
        for subject in ("Python", "Pulumi's engine", "Pulumi's SDK for Python")
    )
    assert PROJECT["requires-python"] == f">={python[0].removesuffix(' or newer')}"
    least = OLDEST.removesuffix(".0")
    assert f"pulumi>={least},<4" in PROJECT["dependencies"]
    assert sdk[0] == f"{least} or newer, before 4"
    assert engine[0].startswith(f"{least} or newer; from {FIRST_AWAITING.major}.")
    assert f"from {str(FIRST_AWAITING).removesuffix('.0')} on" in engine[0]
    assert str(ENGINE_VERSION) in engine[1]
    minor = {version.rpartition(".")[0] for version in re.findall(r"3\.\d+\.\d+", python[1])}
    assert {f"Programming Language :: Python :: {each}" for each in minor} == {
        each for each in PROJECT["classifiers"] if re.search(r"Python :: 3\.\d+$", each)
    }


def test_each_version_that_was_tried_is_one_that_the_promises_name() -> None:
    tried = set(re.findall(r"\b3\.\d+\.\d+\b", SUPPORT))
    assert len(tried) > 5
    assert tried <= set(re.findall(r"\b3\.\d+\.\d+\b", text_of(DOCS / "what-is-promised.md")))


def test_the_version_that_is_not_released_yet_is_the_present_one() -> None:
    (stated,) = re.findall(r"The version is (\d+\.\d+\.\d+),", text_of(DOCS / "releases.md"))
    assert stated == __version__
    is_released = f"## [{__version__}]" in text_of(CHECKOUT / "CHANGELOG.md")
    assert ("Nothing is released yet" in text_of(DOCS / "releases.md")) is not is_released
