"""The boundary between hooks and engine: a few lines, the resource's name, nothing behind."""

from __future__ import annotations

import pytest
from pulumi.dynamic import UpdateResult

from pulumi_smssign.engine import row, sdk_patches
from pulumi_smssign.engine.boundary import AcceptedError, hook
from pulumi_smssign.model.errors import (
    AccountError,
    AwaitingError,
    BugError,
    NotApprovedError,
    RefusedError,
)
from pulumi_smssign.model.redaction import hide

URN = "urn:pulumi:dev::test::pulumi-python:dynamic/tencentSms:TencentSms::brand"


class Hooks:
    """Hooks that fail as they are told."""

    def __init__(self, failure: BaseException | None = None) -> None:
        self.failure = failure

    @hook
    def update(self, _urn: str, _props: dict[str, object]) -> str:
        return self._fail()

    @hook
    def read(self, _urn: str, _props: dict[str, object]) -> str:
        return self._fail()

    @hook
    def delete(self, _urn: str, _props: dict[str, object]) -> str:
        return self._fail()

    def _fail(self) -> str:
        if self.failure:
            raise self.failure
        return "done"


def test_a_result_is_handed_on() -> None:
    assert Hooks().update(URN, {}) == "done"


def test_an_error_leaves_with_the_resources_name_and_nothing_behind_it() -> None:
    try:
        raise KeyError("behind")
    except KeyError:
        with pytest.raises(RefusedError) as caught:
            Hooks(RefusedError("no")).update(URN, {})
    assert caught.value.resource == "brand"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_whatever_else_is_raised_is_a_bug_of_ours_without_secrets() -> None:
    props: dict[str, object] = {"vendor": "yunpian", "id_card_name": "虚构甲"}
    with pytest.raises(BugError, match=r"ValueError: odd \[secret\]") as caught:
        Hooks(ValueError("odd 虚构甲")).update(URN, props)
    assert "test_boundary.py" in str(caught.value)
    assert "虚构甲" not in str(caught.value)
    assert hide("虚构甲") == "[secret]"


@pytest.mark.parametrize("end", [KeyboardInterrupt(), SystemExit(1)], ids=["Ctrl-C", "an exit"])
def test_end_of_the_process_is_no_error_of_a_hook(end: BaseException) -> None:
    with pytest.raises(type(end)):
        Hooks(end).update(URN, {})


@pytest.mark.parametrize("name", ["read", "delete", "update"])
def test_a_refresh_and_a_destroy_with_old_keys_are_told_where_theirs_are_from(name: str) -> None:
    with pytest.raises(AccountError) as caught:
        getattr(Hooks(AccountError("wrong key", advice="mend it.")), name)(URN, {})
    is_told = caught.value.advice.startswith("mend it.\n    A refresh and a destroy use the conf")
    assert is_told is (name != "update")


# --- what went wrong after the vendor had accepted


class Accepting:
    """Hooks whose vendor has accepted before something went wrong."""

    @hook
    def update(self, _urn: str, _props: dict[str, object]) -> UpdateResult:
        trouble = RefusedError("odd", vendor="tencent", code="7", advice="mend it.")
        raise AcceptedError(trouble, UpdateResult({"status": "PENDING"}))


def test_failure_after_acceptance_carries_the_state(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers: list[object] = []

    def answer(*arguments: object) -> bool:
        answers.append(arguments)
        return True

    monkeypatch.setattr(sdk_patches, "answer_with_state", answer)
    with pytest.raises(AcceptedError) as caught:
        Accepting().update(URN, {})
    assert answers == [({"status": "PENDING"}, str(caught.value))]
    assert "code: 7" in str(caught.value)
    assert "what was accepted before is in state" in caught.value.advice


def test_where_the_sdk_has_no_place_for_it_the_result_is_handed_on_with_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    row._shown_once.clear()
    made = Accepting().update(URN, {})
    assert made.outs == {"status": "PENDING"}
    assert "brand: odd" in capsys.readouterr().out


def test_wait_for_a_verdict_may_end_as_awaiting(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []
    monkeypatch.setattr(sdk_patches, "answer_awaiting", answers.append)
    with pytest.raises(AwaitingError) as caught:
        Hooks(AwaitingError("in review")).update(URN, {})
    assert answers == [str(caught.value)]
    with pytest.raises(NotApprovedError):
        Hooks(NotApprovedError("rejected")).update(URN, {})
    assert len(answers) == 1
