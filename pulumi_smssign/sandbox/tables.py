"""The tables of the sandbox that are data, each a TOML file beside the code that reads it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def table(name: str) -> dict[str, Any]:
    """Read a table, such as `huawei/switches`."""
    file = Path(__file__).parent / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))
