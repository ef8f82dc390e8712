"""What pip lists, asked once, and the environment of a user, who has no linter.

The language host has pip list the environment before each command, which takes longer than a small
program; the environment stays as it is. And with the linter comes rich, for which httpx would load
its command line in each plugin.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def listed_packages(folder: Path) -> Path:
    """Make a folder for PYTHONPATH that answers pip's question."""
    ask = (sys.executable, "-m", "pip", "list", "-v", "--format", "json")
    listed = subprocess.run(ask, capture_output=True, text=True, check=True).stdout
    (folder / "pip").mkdir(parents=True)
    (folder / "pip" / "__init__.py").touch()
    (folder / "pip" / "__main__.py").write_text(
        f"import sys\nassert sys.argv[1:] == {list(ask[3:])!r}\nprint({listed!r})\n", "utf-8"
    )
    (folder / "rich.py").write_text("raise ImportError('no user has it')\n", "utf-8")
    return folder
