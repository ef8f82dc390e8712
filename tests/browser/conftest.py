"""A real browser for the module's tests, and the real engine where one of them needs it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from pulumi_smssign.sandbox import RunningSandbox, Sandbox
from tests.browser.chromium import browsing
from tests.browser.desk import DeskPage
from tests.engine.conftest import engine, project, python, served, template

__all__ = ["engine", "project", "python", "served", "template"]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One for all tests: each has a sandbox, and so an origin, of its own."""
    with browsing(tmp_path_factory.mktemp("profile") / "chromium") as browser:
        yield browser


@pytest.fixture
def sandbox(served: RunningSandbox) -> Sandbox:
    return served.sandbox


@pytest.fixture
def desk(browser: Chrome, served: RunningSandbox) -> Iterator[DeskPage]:
    """The page of the test's sandbox; afterwards the browser has to have nothing to complain of."""
    page = DeskPage(browser, served.url)
    yield page
    complaints = [
        entry["message"]
        for entry in browser.get_log("browser")  # type: ignore[no-untyped-call]
    ]
    browser.get("about:blank")
    assert complaints == []


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """An empty folder for a browser of the test's own."""
    return tmp_path / "chromium"
