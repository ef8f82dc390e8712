"""A real Chromium, found on this machine and never fetched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service


def binaries() -> tuple[str, str] | None:
    """The paths of browser and driver, if both are here (Debian's chromium, chromium-driver)."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@contextmanager
def browsing(
    profile: Path,
    *,
    language: str = "en-US",
    size: tuple[int, int] = (1280, 860),
    dark: bool = False,
    scale: float = 1.0,
) -> Iterator[Chrome]:
    """Open a browser without a window, its profile in an empty folder."""
    paths = binaries()
    assert paths, "no chromium and chromedriver on PATH; see CONTRIBUTING"
    options = ChromeOptions()
    options.binary_location = paths[0]
    for argument in (
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--no-first-run",
        "--no-proxy-server",
        f"--user-data-dir={profile}",
        f"--lang={language}",
        f"--window-size={size[0]},{size[1]}",
        f"--force-device-scale-factor={scale}",
        *(("--blink-settings=preferredColorScheme=0",) if dark else ()),
        *(("--no-sandbox",) if os.geteuid() == 0 else ()),  # it refuses to run as root else
    ):
        options.add_argument(argument)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = Chrome(options=options, service=Service(paths[1]))
    try:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {
                "width": size[0],
                "height": size[1],
                "deviceScaleFactor": scale,
                "mobile": False,
            },
        )
        yield browser
    finally:
        browser.quit()
