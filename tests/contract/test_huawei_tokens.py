"""Who asks the sandbox: keys that are never locked by us, and tokens that are fetched once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pydantic import SecretStr

from pulumi_smssign.huawei.api import SignatureApi
from pulumi_smssign.huawei.signing import KeyAuth
from pulumi_smssign.huawei.tokens import TokenAuth, User
from pulumi_smssign.model import errors
from pulumi_smssign.sandbox import ManualClock, RunningSandbox
from tests.contract.huawei_client import (
    CREATE,
    DELETE,
    KEY,
    LIST,
    NOTHING,
    PROJECT,
    SHOW,
    TEMPORARY_KEY,
    TOKEN,
    USER,
    Connect,
    account,
    actions,
    clients,
    codes,
    fault,
)
from tests.huawei_applications import application

DAY, HOUR = 86400.0, 3600.0
REFUSED = "APIGW.0301"
THREADS = 4


@pytest.fixture
def connect() -> Iterator[Connect]:
    with clients() as connect:
        yield connect


@pytest.fixture
def user(served: RunningSandbox, connect: Connect) -> SignatureApi:
    """The client of an IAM user."""
    return connect(account(served, **USER))


def timed(served: RunningSandbox, clock: Callable[[], float]) -> TokenAuth:
    """An IAM user's tokens by another clock than the machine's."""
    name, password, domain = USER.values()
    return TokenAuth(User(name, SecretStr(password), domain, PROJECT), served.url, clock)


def at_once(call: Callable[[], object]) -> None:
    """Make a call in as many threads as the plugin has, and wait for all of them."""
    start = Barrier(THREADS)

    def begin(_number: int) -> None:
        start.wait(timeout=20)
        call()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(begin, range(THREADS)))


def is_refused(api: SignatureApi, match: str | None = None) -> Callable[[], None]:
    """A call that ends with the account's error."""

    def ask() -> None:
        with pytest.raises(errors.AccountError, match=match):
            api.reviews([NOTHING])

    return ask


# Keys


@pytest.mark.parametrize(
    "wrong",
    [
        {**KEY, "sk": "smssign-sandbox-sk-wrong"},
        {**KEY, "ak": "smssign-nobody"},
        {**TEMPORARY_KEY, "securityToken": "smssign-sandbox-token-wrong"},
        {**KEY, "ak": TEMPORARY_KEY["ak"]},
    ],
    ids=["secret", "key", "security token", "no security token"],
)
@pytest.mark.parametrize("prefix", ["APIGW", "APIG"])
def test_a_key_that_is_not_accepted_is_the_accounts_trouble_and_never_repeated(
    served: RunningSandbox, connect: Connect, wrong: dict[str, str], prefix: str
) -> None:
    served.sandbox.switches.set({"huawei.gateway_prefix": prefix})
    api = connect(account(served, **wrong))
    with pytest.raises(errors.AccountError) as caught:
        api.submit(application())
    assert caught.value.code == f"{prefix}.0301"
    assert wrong["sk"] not in str(caught.value)
    is_refused(api, "not asked again")()
    assert len(actions(served)) == 1


def test_a_wrong_secret_in_four_threads_locks_no_key(
    served: RunningSandbox, connect: Connect
) -> None:
    wrong = connect(account(served, **{**KEY, "sk": "smssign-sandbox-sk-wrong"}))
    at_once(is_refused(wrong))
    at_once(is_refused(wrong))
    assert codes(served) == [REFUSED]
    assert connect(account(served)).reviews([NOTHING]) == {}


def test_a_locked_key_is_left_alone(served: RunningSandbox, connect: Connect) -> None:
    for _ in range(5):
        is_refused(connect(account(served, **{**KEY, "sk": "smssign-sandbox-sk-wrong"})))()
    served.sandbox.log.clear()
    locked = connect(account(served))
    at_once(is_refused(locked, "AK access failed to reach the limit"))
    assert codes(served) == [REFUSED]


@pytest.mark.parametrize("off", [-1000, 1000])
def test_a_clock_that_is_off_is_named_and_locks_no_key(
    served: RunningSandbox, connect: Connect, off: int
) -> None:
    auth = KeyAuth(KEY["ak"], SecretStr(KEY["sk"]), clock=lambda: time.time() + off)
    at_once(is_refused(connect(account(served), auth), "machine's clock"))
    assert codes(served) == [REFUSED]


@pytest.mark.parametrize("identity", [KEY, TEMPORARY_KEY], ids=["key", "temporary key"])
def test_threads_that_ask_with_a_good_key_are_all_answered(
    served: RunningSandbox, connect: Connect, identity: dict[str, str]
) -> None:
    api = connect(account(served, **identity))
    at_once(lambda: api.find(application()))
    assert codes(served) == [""] * THREADS


def test_a_project_of_someone_else_is_the_accounts_trouble(
    served: RunningSandbox, connect: Connect
) -> None:
    is_refused(connect(account(served, **{**KEY, "projectId": "0" * 32})))()
    assert codes(served) == ["MSGSMS.0003"]


# Tokens


def test_a_token_is_fetched_once_for_many_calls_and_threads(
    user: SignatureApi, served: RunningSandbox
) -> None:
    at_once(lambda: user.find(application()))
    user.submit(application())
    at_once(lambda: user.find(application()))
    assert actions(served) == [TOKEN, *[LIST] * THREADS, CREATE, *[LIST] * THREADS]
    assert set(codes(served)) == {""}


@pytest.mark.parametrize("lasts", [HOUR, DAY])
def test_a_token_is_renewed_before_its_end_and_not_long_before(
    served: RunningSandbox, connect: Connect, clock: ManualClock, lasts: float
) -> None:
    served.sandbox.switches.set({"huawei.token_seconds": lasts})
    api = connect(account(served, **USER), timed(served, clock.now))
    api.find(application())
    clock.advance(lasts * 0.8)
    api.find(application())
    clock.advance(lasts * 0.15)
    api.find(application())
    assert actions(served) == [TOKEN, LIST, LIST, TOKEN, LIST]
    assert set(codes(served)) == {""}


@pytest.mark.parametrize("off", [-2 * DAY, 2 * DAY])
def test_a_machines_clock_that_is_off_is_nothing_to_a_token(
    served: RunningSandbox, connect: Connect, off: float
) -> None:
    api = connect(account(served, **USER), timed(served, lambda: time.time() + off))
    for _ in range(3):
        api.find(application())
    assert actions(served) == [TOKEN, LIST, LIST, LIST]


def test_a_token_that_died_early_is_renewed_once_and_the_write_is_made_once(
    user: SignatureApi, served: RunningSandbox, clock: ManualClock
) -> None:
    user.find(application())
    clock.advance(DAY)
    user.submit(application())
    assert actions(served) == [TOKEN, LIST, CREATE, TOKEN, CREATE]
    assert codes(served, CREATE) == [REFUSED, ""]
    assert len(served.sandbox.signatures()) == 1


def test_four_threads_renew_a_dead_token_once(
    user: SignatureApi, served: RunningSandbox, clock: ManualClock
) -> None:
    user.find(application())
    clock.advance(DAY)
    at_once(lambda: user.find(application()))
    assert codes(served, TOKEN) == ["", ""]
    assert codes(served, LIST).count("") == 1 + THREADS


def test_a_new_token_that_is_refused_too_ends_it(
    user: SignatureApi, served: RunningSandbox
) -> None:
    user.find(application())
    fault(served, SHOW, "error", code=REFUSED, times=None)
    is_refused(user)()
    is_refused(user, "not asked again")()
    assert actions(served) == [TOKEN, LIST, SHOW, TOKEN, SHOW]


def test_a_token_that_only_the_service_refuses_is_the_accounts_trouble(
    user: SignatureApi, served: RunningSandbox
) -> None:
    fault(served, SHOW, "error", code="MSGSMS.0003", message="Token invalid", times=None)
    is_refused(user, "Token invalid")()
    assert actions(served) == [TOKEN, SHOW]


@pytest.mark.parametrize(
    "wrong",
    [
        {"userName": "smssign-nobody"},
        {"password": "smssign-wrong-password"},
        {"domainName": "smssign-nowhere"},
        {"projectId": "0" * 32},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_user_without_a_token_is_the_accounts_trouble_and_asked_for_once(
    served: RunningSandbox, connect: Connect, wrong: dict[str, str]
) -> None:
    api = connect(account(served, **{**USER, **wrong}))
    at_once(is_refused(api, "userName, password, domainName and projectId"))
    with pytest.raises(errors.AccountError, match="not asked again") as caught:
        api.withdraw(NOTHING)
    assert caught.value.code == "401"
    assert "smssign-wrong-password" not in str(caught.value)
    assert actions(served) == [TOKEN]


LOST = ["html", "status", "drop_before", "drop_after"]


@pytest.mark.parametrize("kind", LOST)
def test_a_write_whose_token_got_lost_is_made_once(
    user: SignatureApi, served: RunningSandbox, kind: str
) -> None:
    fault(served, TOKEN, kind)
    user.submit(application())
    assert actions(served) == [TOKEN, TOKEN, CREATE]


@pytest.mark.parametrize("kind", LOST)
def test_a_renewal_that_got_lost_is_made_again_before_one_write(
    user: SignatureApi, served: RunningSandbox, clock: ManualClock, kind: str
) -> None:
    user.find(application())
    clock.advance(DAY)
    fault(served, TOKEN, kind)
    user.submit(application())
    assert codes(served, CREATE).count("") == 1
    assert len(served.sandbox.signatures()) == 1


@pytest.mark.parametrize("kind", ["empty", "truncated", "unknown_fields"])
def test_a_token_is_taken_from_its_header_whatever_is_said_beside_it(
    user: SignatureApi, served: RunningSandbox, kind: str
) -> None:
    fault(served, TOKEN, kind)
    user.submit(application())
    assert actions(served) == [TOKEN, CREATE]


def test_a_rate_limit_of_iam_is_waited_out_even_by_a_write(
    user: SignatureApi, served: RunningSandbox
) -> None:
    fault(served, TOKEN, "error", code="429", times=3)
    with pytest.raises(errors.NotFoundError):
        user.withdraw(NOTHING)
    assert actions(served) == [TOKEN, TOKEN, TOKEN, TOKEN, DELETE]
