"""Whatever a program gives, a check tells what is wrong with it; it is never a bug of ours."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pulumi.dynamic import CheckResult
from pulumi.runtime import rpc

from pulumi_smssign.core.accounts import Accounts
from pulumi_smssign.core.journal import Journal
from pulumi_smssign.core.registry import VENDORS, named
from pulumi_smssign.engine.approval_hooks import ApprovalHooks
from pulumi_smssign.engine.run import Run
from pulumi_smssign.engine.signature_hooks import SignatureHooks
from pulumi_smssign.model.errors import BugError, SmsSignError
from pulumi_smssign.model.vocabulary import RUN
from tests.engine.cases import CASES
from tests.model.engine import Configuration

BOUNDED = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "30")), deadline=None, derandomize=True
)
URN = "urn:pulumi:dev::test::x::brand"
USUAL = {case.vendor: case.arguments for case in CASES}
PROOF = {"path": "a.png", "sha256": "0" * 64, "media_type": "image/png", "size": 68.0}
BROKEN = {**PROOF, "problem": "does not exist"}


SANDBOXED = Configuration({"smssign:sandbox": "http://127.0.0.1:9"})

_LEAVES = st.one_of(
    st.booleans(),
    st.floats(),
    st.integers(-3, 10).map(float),
    st.text(st.characters(codec="utf-8")),
    st.sampled_from(
        ("极客科技", "【极客】", "", " ", "x" * 3000, "\0", "https://geek.example", "[")
    ),
    st.sampled_from((PROOF, BROKEN, {**PROOF, "size": -1.0}, {"sha256": 3.0, "path": []})),
    st.just(rpc.UNKNOWN),
)
VALUES = st.recursive(
    _LEAVES,
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8")), inside, max_size=3)
    ),
    max_leaves=6,
)
"""Whatever comes over the wire: no None, every number a float."""


def hooks(folder: Path) -> SignatureHooks:
    """A plugin's hooks, as new."""
    return SignatureHooks(Run(Accounts(SANDBOXED), Journal(folder / "journal"), folder / "locks"))


def outcome(check: Callable[[], CheckResult]) -> CheckResult | None:
    """A check's result; None where it refuses the whole by an error of ours that is no bug."""
    try:
        return check()
    except SmsSignError as error:
        failure = error
    assert not isinstance(failure, BugError), failure
    return None


@pytest.mark.parametrize("vendor", VENDORS)
@BOUNDED
@given(data=st.data())
def test_a_check_of_any_inputs_tells_what_is_wrong(
    vendor: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    names = sorted(named(vendor).application.model_fields)
    given_ = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=5), VALUES))
    usual = USUAL[vendor] if data.draw(st.booleans()) else {}
    odd = dict.fromkeys(("adopt", "account", "deletion_policy"), VALUES)
    more = data.draw(st.fixed_dictionaries({}, optional=odd))
    news: dict[str, Any] = {
        "account": "default",
        **usual,
        **given_,
        **more,
        "vendor": vendor,
        RUN: {"directory": "/nowhere", "preview": False},
    }
    result = outcome(lambda: hooks(tmp_path_factory.getbasetemp()).check(URN, {}, news))
    if result is not None:
        assert all(failure.reason for failure in result.failures)


WAITING = {"timeout": "30m", "poll_interval": "10s", "until": "approved", "on_pending": "fail"}


@BOUNDED
@given(
    odd=st.fixed_dictionaries({}, optional=dict.fromkeys((*WAITING, "signatures"), VALUES)),
    missing=st.sets(st.sampled_from(sorted(WAITING))),
)
def test_a_check_of_any_waiting_tells_what_is_wrong(odd: dict[str, Any], missing: set[str]) -> None:
    """An input that a program sets to None is missing."""
    news = {name: value for name, value in {**WAITING, **odd}.items() if name not in missing}
    news |= {RUN: {}}
    result = outcome(lambda: ApprovalHooks(Accounts(SANDBOXED)).check(URN, {}, news))
    assert result is not None
    assert all(failure.reason for failure in result.failures)
