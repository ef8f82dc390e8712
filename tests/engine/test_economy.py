"""The quick form of `make bench`: how many calls and bytes things take, and never how long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pulumi_smssign.core.account_cache import LASTS
from tests.bench.rows import NO_CHANGE
from tests.bench.stage import VENDORS, Stage, stage

EACH = 4
COUNT = EACH * len(VENDORS)
LISTS = ("DescribeSmsSignList", "ListSignatureDetails", "get", "QuerySmsSignList")
WRITES = ("AddSmsSign", "CreateSignature", "CreateUSMSSignature", "add", "CreateSmsSign")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path, COUNT, sides=("floor", "product")) as two:
        two.run("floor", "up", *NO_CHANGE)
        yield two


def calls_of(made: Stage, *actions: str) -> int:
    return sum(n for name, n in made.actions().items() if name.split()[1] in actions)


def test_calls_and_bytes(made: Stage) -> None:
    took = made.run("product", "up", *NO_CHANGE).seconds
    assert calls_of(made, *WRITES) == COUNT
    assert calls_of(made, "UploadSignatureFile") == EACH
    # One list an account while it lasts; UCloud, which has none, is asked for each text; and each
    # new signature is looked at once.
    lists = (len(VENDORS) - 1) * (1 + int(took / LASTS))
    assert made.calls() <= COUNT + EACH + lists + EACH + COUNT

    made.forget()
    made.run("product", "preview")
    made.run("product", "up", "--yes")
    assert made.calls() == 0

    took = made.run("product", "refresh", *NO_CHANGE).seconds
    assert calls_of(made, "QueryUSMSSignature") == EACH
    assert calls_of(made, "GetSmsSign") == 0  # no verdict yet, so no carrier has filed one
    assert calls_of(made, *LISTS) <= 4 * (2 + int(took / LASTS))
    assert made.calls() <= EACH + 4 * (2 + int(took / LASTS))

    assert made.state("product") - made.state("floor") <= 2048
