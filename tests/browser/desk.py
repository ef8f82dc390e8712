"""The reviewer's desk as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 30
"""Seconds to wait for what comes in a fraction of one, on a machine that has other work."""


class DeskPage:
    """The page in the browser, and the deeds of a person on it."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self._url = url

    def open(self, place: str = "") -> None:
        """Go to the page, at a place in it, and wait until it is told of changes."""
        self.browser.get("about:blank")
        self.browser.get(f"{self._url}/{place}")
        self.wait(lambda: self.element("#live").get_attribute("data-state") == "live")

    def open_signature(self, vendor: str, signature_id: str) -> None:
        """Go to an application."""
        self.open(f"#/signatures/{vendor}/{quote(signature_id, safe='')}")
        self.wait(lambda: self.all(".deck"))

    def wait(self, until: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever `until` gives
        """Wait until something holds, and give it."""
        wait = WebDriverWait(
            self.browser, PATIENCE, 0.05, ignored_exceptions=[StaleElementReferenceException]
        )
        return wait.until(lambda _: until())

    def wait_for(self, text: str, selector: str = "body") -> None:
        """Wait until a text is to be read somewhere."""
        self.wait(lambda: text in self.element(selector).text)

    def wait_for_one(self, selector: str) -> None:
        """Wait until there is an element of a kind."""
        self.wait(lambda: self.all(selector))

    def element(self, selector: str) -> WebElement:
        """The first element of a kind."""
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """All elements of a kind."""
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def button(self, mark: str) -> WebElement:
        """The button with a mark."""
        return self.element(f'#detail [data-mark="{mark}"]')

    def choose(self, selector: str, value: str) -> None:
        """Choose an option by its value."""
        Select(self.element(selector)).select_by_value(value)

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        for key in keys:
            ActionChains(self.browser).send_keys(key).perform()

    @property
    def focused(self) -> WebElement:
        """The element that has the focus."""
        return self.browser.switch_to.active_element

    def script(self, expression: str) -> Any:  # noqa: ANN401 - whatever the page has there
        """The value of an expression in the page."""
        return self.browser.execute_script(f"return {expression}")

    @property
    def is_too_wide(self) -> bool:
        """Whether one has to scroll sideways."""
        return bool(self.script("document.documentElement.scrollWidth > innerWidth"))
