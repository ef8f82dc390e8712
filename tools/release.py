"""Whether a tag can be released: `python -m tools.release v0.1.0` says what stands in the way.

The tag is to be the package's version, CHANGELOG.md is to have a heading for it, and no address may
be the placeholder that pyproject.toml has for one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pulumi_smssign.version import __version__

CHECKOUT = Path(__file__).resolve().parent.parent
PLACEHOLDER = ".invalid/"
"""What the address of nowhere has in it (RFC 2606)."""


def obstacles(tag: str, project: str, changes: str) -> Iterator[str]:
    """The reasons why a tag is no release, a sentence each.

    Args:
        tag: the tag, such as "v0.1.0".
        project: the text of pyproject.toml.
        changes: the text of CHANGELOG.md.
    """
    if tag != f"v{__version__}":
        yield f"the tag is {tag}, and the package has the version {__version__}"
    if not re.search(rf"(?m)^## \[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d$", changes):
        yield f"CHANGELOG.md has no heading `## [{__version__}] - YYYY-MM-DD`"
    for name, address in tomllib.loads(project)["project"]["urls"].items():
        if PLACEHOLDER in address:
            yield f"{name} of [project.urls] in pyproject.toml is a placeholder: {address}"


def main() -> int:
    """Say what stands in the way of a tag; 1 if something does."""
    (tag,) = sys.argv[1:]
    project, changes = (
        (CHECKOUT / name).read_text("utf-8") for name in ("pyproject.toml", "CHANGELOG.md")
    )
    found = list(obstacles(tag, project, changes))
    for each in found:
        print(f"{tag} is no release: {each}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
