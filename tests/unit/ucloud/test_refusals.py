"""What a refused change or deletion turns out to be, and what stops one before it is sent."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.vendor import Api
from pulumi_smssign.errors import (
    AccountError,
    EvidenceError,
    InputError,
    NotFoundError,
    RefusedError,
    ReviewMovedError,
)
from pulumi_smssign.lifecycle import Review, Status
from pulumi_smssign.resubmission import resubmit_once
from pulumi_smssign.ucloud.api import SignatureApi
from pulumi_smssign.ucloud.application import SignatureApplication
from pulumi_smssign.ucloud.rules import RULES
from tests.images import png
from tests.unit.ucloud.conftest import (
    HANDLE,
    Apply,
    Inputs,
    UCloud,
    found,
    refused,
)


def test_a_deletion_of_what_is_gone_says_so(api: SignatureApi, ucloud: UCloud) -> None:
    ucloud.will(refused(18016))
    with pytest.raises(NotFoundError):
        api.withdraw(HANDLE)


def test_a_refused_deletion_advises_to_wait(api: SignatureApi, ucloud: UCloud) -> None:
    ucloud.will(refused(18003, "signature is under review"))
    with pytest.raises(RefusedError, match="can't be deleted now"):
        api.withdraw(HANDLE)


def again(api: SignatureApi, application: SignatureApplication) -> None:
    neutral = cast("Api[Application]", api)
    before = Review("SIG1", "极客", Status.PENDING, "1")
    resubmit_once(RULES, neutral, HANDLE, application, before)


@pytest.mark.parametrize("code", [230, 18002, 18003, 18099])
@pytest.mark.parametrize("status", [2, 4, 9])
def test_a_refused_change_of_what_has_moved_says_that_it_moved(
    api: SignatureApi, ucloud: UCloud, apply: Apply, code: int, status: int
) -> None:
    ucloud.will(refused(code, "cannot be modified"), found(Status=status))
    with pytest.raises(ReviewMovedError) as error:
        again(api, apply())
    assert ucloud.actions == ["UpdateUSMSSignature", "QueryUSMSSignature"]
    assert error.value.code == str(code)
    assert error.value.words == "cannot be modified"
    assert error.value.request_id == "uuid-1"
    assert "run `pulumi up` again" in error.value.advice


@pytest.mark.parametrize("status", [0, 1, 3])
def test_a_refused_change_of_what_may_be_changed_is_just_a_refusal(
    api: SignatureApi, ucloud: UCloud, apply: Apply, status: int
) -> None:
    ucloud.will(refused(18003, "SigContent is too long"), found(Status=status))
    with pytest.raises(RefusedError) as error:
        again(api, apply())
    assert not isinstance(error.value, ReviewMovedError)
    assert error.value.words == "SigContent is too long"


def test_a_refused_change_stays_that_when_nobody_can_be_asked(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(refused(18002, "bad"), refused(291))
    with pytest.raises(InputError) as error:
        again(api, apply())
    assert error.value.code == "18002"


def test_a_change_of_what_is_gone_says_so(api: SignatureApi, ucloud: UCloud, apply: Apply) -> None:
    ucloud.will(refused(18016), refused(18016))
    with pytest.raises(NotFoundError):
        again(api, apply())


def test_a_key_that_may_not_change_is_no_moved_review(
    api: SignatureApi, ucloud: UCloud, apply: Apply
) -> None:
    ucloud.will(refused(299), refused(299))
    with pytest.raises(AccountError):
        again(api, apply())


def test_a_file_that_has_changed_is_never_sent(
    api: SignatureApi, ucloud: UCloud, apply: Apply, inputs: Inputs
) -> None:
    Path(inputs["file"]["path"]).write_bytes(png(1))
    for write in (lambda: api.submit(apply()), lambda: api.resubmit(HANDLE, apply())):
        with pytest.raises(EvidenceError):
            write()
    assert ucloud.requests == []
