"""Our client against the sandbox: every answer that is not a plain yes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import JsonValue

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle
from pulumi_smssign.sandbox.server import RunningSandbox, running
from pulumi_smssign.tencent.api import MOST_IDS, SignatureApi
from pulumi_smssign.tencent.auth import AccountCredentials
from pulumi_smssign.tencent.signing import TC3Auth
from tests.tencent_applications import application, usual

LOOK, ADD = "DescribeSmsSignList", "AddSmsSign"


@pytest.fixture
def served() -> Iterator[RunningSandbox]:
    with running() as sandbox:
        sandbox.sandbox.switches.set({"tencent.enforce_rate": False})
        yield sandbox


@pytest.fixture
def connect() -> Iterator[Callable[..., SignatureApi]]:
    with ExitStack() as opened:
        yield lambda *arguments, **options: opened.enter_context(
            closing(SignatureApi(*arguments, **options))
        )


@pytest.fixture
def api(served: RunningSandbox, connect: Callable[..., SignatureApi]) -> SignatureApi:
    """The sandbox's account, without a pace and without pauses."""
    api = connect(AccountCredentials.sandbox(served.url, "default"), sleep=lambda _: None)
    api._transport._limiters.clear()
    return api


@pytest.fixture
def inputs(tmp_path: Path) -> dict[str, object]:
    return usual(tmp_path)


def fault(served: RunningSandbox, action: str, kind: str, **more: JsonValue) -> None:
    served.sandbox.faults.add({"vendor": "tencent", "action": action, "kind": kind, **more})


def test_names_are_found_exactly_and_on_every_page(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    for number in range(MOST_IDS + 5):
        api.submit(application(inputs, sign_name=f"极客{number}"))
    served.sandbox.log.clear()
    (found,) = api.find(application(inputs, sign_name=f"极客{MOST_IDS + 4}"))
    assert found.text == f"极客{MOST_IDS + 4}"
    assert [call.fields["Offset"] for call in served.sandbox.calls("tencent", LOOK)] == [0, 100]
    assert api.find(application(inputs, sign_name="极客")) == []


def test_a_hundred_ids_go_into_one_question(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object]
) -> None:
    handles = [
        Handle(api.submit(application(inputs, sign_name=f"极客{number}")), scope="mainland")
        for number in range(MOST_IDS + 1)
    ]
    served.sandbox.log.clear()
    assert set(api.reviews(handles)) == set(handles)
    assert len(served.sandbox.calls("tencent", LOOK)) == 2


def test_a_signature_is_found_in_the_other_list_before_it_is_called_absent(
    api: SignatureApi, inputs: dict[str, object]
) -> None:
    identifier = api.submit(application(inputs, international=True))
    elsewhere = Handle(identifier, scope="mainland")
    assert api.reviews([elsewhere])[elsewhere].reported["international"] is True


@pytest.mark.parametrize(
    "body",
    [
        '{"Response": null}',
        '{"Response": {"RequestId": "r-1"}}',
        '{"Response": {"DescribeSignListStatusSet": 7, "RequestId": "r-1"}}',
        '{"Response": {"DescribeSignListStatusSet": [{"SignId": "x"}], "RequestId": "r-1"}}',
    ],
)
def test_an_answer_of_another_shape_is_never_taken_for_gone(
    api: SignatureApi, served: RunningSandbox, body: str
) -> None:
    fault(served, LOOK, "body", body=body, times=None)
    with pytest.raises(errors.UnavailableError, match="not in the format of tencent"):
        api.reviews([Handle("1")])


def test_an_empty_list_written_as_null_is_an_empty_list(
    api: SignatureApi, served: RunningSandbox
) -> None:
    body = '{"Response": {"DescribeSignListStatusSet": null, "RequestId": "r-1"}}'
    fault(served, LOOK, "body", body=body, times=None)
    assert api.reviews([Handle("1")]) == {}


@pytest.mark.parametrize("code", ["InternalError.Timeout", "InternalError.UnknownError"])
def test_the_vendors_own_doubt_leaves_a_writes_outcome_unknown(
    api: SignatureApi, served: RunningSandbox, inputs: dict[str, object], code: str
) -> None:
    fault(served, ADD, "error", code=code, message="?")
    with pytest.raises(errors.OutcomeUnknownError) as caught:
        api.submit(application(inputs))
    assert caught.value.code == code
    assert caught.value.request_id


@pytest.mark.parametrize(
    ("credentials", "code"),
    [
        ({"secretKey": "wrong"}, "AuthFailure.SignatureFailure"),
        ({"secretId": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
        ({"secretId": "AKIDsmssign-temporary", "token": "wrong"}, "AuthFailure.TokenFailure"),
    ],
)
def test_a_key_that_is_not_accepted_is_the_accounts_trouble_and_not_repeated(
    served: RunningSandbox,
    connect: Callable[..., SignatureApi],
    credentials: dict[str, str],
    code: str,
) -> None:
    settings = {
        "secretId": "AKIDsmssign-sandbox",
        "secretKey": "smssign-sandbox-secret-key-0000000",
        "endpoint": served.url,
    }
    api = connect(AccountCredentials.model_validate({**settings, **credentials}))
    with pytest.raises(errors.AccountError) as caught:
        api.reviews([Handle("1")])
    assert caught.value.code == code
    assert len(served.sandbox.calls("tencent")) == 1


def test_a_temporary_key_works_with_its_token(
    served: RunningSandbox, connect: Callable[..., SignatureApi]
) -> None:
    settings = {
        "secretId": "AKIDsmssign-temporary",
        "secretKey": "smssign-sandbox-secret-key-0000000",
        "token": "smssign-sandbox-token",
        "endpoint": served.url,
    }
    api = connect(AccountCredentials.model_validate(settings))
    assert api.reviews([Handle("1")]) == {}


def test_a_clock_that_is_off_is_named(
    served: RunningSandbox, connect: Callable[..., SignatureApi]
) -> None:
    credentials = AccountCredentials.sandbox(served.url, "default")
    api = connect(credentials, TC3Auth(credentials, clock=lambda: time.time() - 600))
    with pytest.raises(errors.AccountError, match="clock is off"):
        api.reviews([Handle("1")])


def test_threads_share_one_limit_for_writes(
    served: RunningSandbox, connect: Callable[..., SignatureApi], inputs: dict[str, object]
) -> None:
    served.sandbox.switches.set({"tencent.enforce_rate": True})
    api = connect(AccountCredentials.sandbox(served.url, "default"))
    wanted = [application(inputs, sign_name=f"极客{number}") for number in range(3)]
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(api.submit, wanted))) == 3
    times = sorted(call.at for call in served.sandbox.calls("tencent", ADD))
    assert min(late - early for early, late in pairwise(times)) > 0.9


def test_an_id_that_is_no_number_is_refused_before_any_call(
    api: SignatureApi, served: RunningSandbox
) -> None:
    with pytest.raises(errors.InputError, match="not a SignId"):
        api.reviews([Handle("SIG20260101AAAAAA")])
    assert served.sandbox.calls() == []
