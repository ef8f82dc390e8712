"""Each real answer of a vendor is understood: what is so, who must act, and the way out.

The answers are in `tests/vendors/answers`. Those of kind "own" were chosen beside the collected
ones: for each misread answer its siblings (the other spellings of one code, the same code behind
another action or in the other language, the same words in the other place), for each category of
codes a detail that is not in its table, and for each list a code that only its page has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from pulumi_smssign.model import errors
from pulumi_smssign.model.review import Handle, Review
from tests import (
    alibaba_applications,
    huawei_applications,
    tencent_applications,
    ucloud_applications,
    yunpian_applications,
)
from tests.vendors.calls import NOWHERE, answer_with, connected
from tests.vendors.real_answers import REAL_ANSWERS, RealAnswer

TEXT = "云杉示例"
ID = "00000000-0000-4000-8000-000000000012"


@dataclass(frozen=True)
class Refused:
    """An error of a class, whose problem and advice have these words, separated by "; "."""

    error: type[errors.SmsSignError]
    problem: str = ""
    advice: str = ""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, errors.SmsSignError):
            return False
        said = [(self.problem, other.summary), (self.advice, other.advice)]
        return type(other) is self.error and all(
            word in text for words, text in said for word in words.split("; ")
        )

    __hash__ = None  # type: ignore[assignment]


def account(problem: str, advice: str) -> Refused:
    return Refused(errors.AccountError, problem, advice)


def wrong(problem: str, advice: str) -> Refused:
    return Refused(errors.InputError, problem, advice)


def refused(problem: str, advice: str) -> Refused:
    return Refused(errors.RefusedError, problem, advice)


UNKNOWN = Refused(errors.OutcomeUnknownError)
TROUBLE = Refused(errors.UnavailableError)
LIMITED = Refused(errors.RateLimitedError)
GONE = Refused(errors.NotFoundError, "no such signature")
OF_SENDING = refused("about another call", "support")
KEYS = "check accessKeyId and accessKeySecret"
HUAWEI_KEYS = account("does not accept the account's keys", "keys; clock")
HUAWEI_PENDING = [("PENDING_REVIEW", "PENDING", "")]

UNDERSTOOD: Mapping[str, Mapping[str, object]] = {
    "alibaba": {
        "a01_create_ok": TEXT,
        "a02_update_ok": None,
        "a03_get_rejected": [
            ("2", "REJECTED", "通过资质信息，不能判断是否可以申请此签名。"),
            {"telecom": ["REGISTER_TIMEOUT: 报备超时。"]},
            {
                "sign_name": TEXT,
                "third_party": False,
                "remark": "登录场景验证码",
                "more_data": ["10000000000*****/1234qwe.png"],
                "apply_scene_content": "http://www.aliyun.com/",
            },
        ],
        "a04_list_rejected": [("2", "REJECTED", "文件不能证明信息真实性，请重新上传。")],
        "a05_delete_ok": None,
        "a06_missing_name": wrong("name", "choose another name"),
        "a07_invalid_version": account("endpoint", "check endpoint"),
        "a08_ram_deny": account("no permission", "RAM"),
        "a09_day_limit": account("today", "tomorrow"),
        "a10_signature_illegal": Refused(errors.NotFoundError, "no such signature; blocked"),
        "a11_sig_mismatch": account("does not go with", KEYS),
        "a12_no_such_key": account("does not know the key", KEYS),
        "a13_forbidden": account("no permission", "RAM"),
        "a14_time_expired": account("clock", "clock"),
        "a15_key_or_invalid": account("does not know the key", KEYS),
        "a16_exists": Refused(errors.DuplicateError, "already", "adopt="),
        "a17_not_found": [],
        "a18_old_query": [("1", "APPROVED", ""), {}, {"sign_name": TEXT}],
        "a19_list_cancelled": [("10", "REJECTED", "")],
        "a22_list_demo_100": [("1", "APPROVED", "")],
        "o_key_disabled": account("switched off", KEYS),
        "o_ram_denied": account("no permission", "RAM"),
        "o_wrong_host": account("endpoint", "check endpoint"),
        "o_arrears": account("owes money", "top up"),
        "o_name_too_long": wrong("too long", "shorter"),
        "o_illegal_of_create": refused("no such signature; blocked", "another name"),
        "o_illegal_of_get": refused("no such signature; blocked", "console; state delete"),
        "o_hour_limit": account("an hour", "in an hour"),
        "o_minute_limit": LIMITED,
        "o_qualification_not_passed": refused("qualification is not approved", "qualification_id"),
        "o_qualification_incomplete": refused("qualification lacks", "console"),
        "o_qualification_unfiled": refused("carriers; qualification", "console"),
        "o_not_there": GONE,
        "o_list_approved_words": [("1", "APPROVED", "")],
        "o_list_pending_words": [("0", "PENDING", "")],
        "o_list_approved_english": [("1", "APPROVED", "")],
        "o_list_rejected_words": [("2", "REJECTED", "文件不能证明信息真实性，请重新上传。")],
        "o_list_rejected_details": [("2", "REJECTED", "资料不全: 请上传授权书")],
        "o_get_no_remark": [("1", "APPROVED", ""), {}, {"sign_name": TEXT}],
        "o_carriers": [
            ("1", "APPROVED", ""),
            {
                "mobile": [
                    "QUALIFICATION_ERROR: 营业执照与工信注册信息不一致。 请修改资质。",
                    "REGISTER_TIMEOUT",
                ],
                "telecom": ["报备超时。", "OTHERS_ERROR"],
            },
            {"sign_name": TEXT},
        ],
    },
    "huawei": {
        "h01_show_pending": HUAWEI_PENDING,
        "h02_list_one": HUAWEI_PENDING,
        "h03_enable_refused": Refused(
            errors.ReviewMovedError, "not waiting for an activation", "`pulumi up` again"
        ),
        "h04_no_app": wrong("no such SMS application", "set app_id"),
        "h05_ak_not_exist": HUAWEI_KEYS,
        "h06_aksk_fail": HUAWEI_KEYS,
        "h07_throttled_ip": LIMITED,
        "h10_deleted_204": None,
        "h11_create_ok": "00000000-0000-4000-8000-000000000018",
        "h12_create_201_empty": UNKNOWN,
        "h13_update_reject_only": Refused(
            errors.ReviewMovedError, "present status", "`pulumi up` again"
        ),
        "h15_list_later_status": [("REVIEW_PASSED_REAL_NAME_REGISTRATING", "APPROVED", "")],
        "o_clock": HUAWEI_KEYS,
        "o_project": account("project", "projectId"),
        "o_address": account("address", "console"),
        "o_frozen": account("frozen", "top up"),
        "o_iam_down": UNKNOWN,
        "o_no_api": account("endpoint does not know", "endpoint"),
        "o_iam_locked": HUAWEI_KEYS,
    },
    "tencent": {
        "t01_add_ok": "1110",
        "t02_add_ok_2019": "1110",
        "t03_modify_ok": None,
        "t04_list_both_sites": [("0", "APPROVED", ""), ("0", "APPROVED", "")],
        "t05_list_2019": [("0", "APPROVED", "xx")],
        "t06_delete_ok": None,
        "t07_not_authorized_en": account("no permission", "CAM; SMS"),
        "t09_service_not_valid": account("endpoint", "endpoint; https://sms.tencentcloudapi.com"),
        "t10_signature_failure_zh": account("secretKey does not go with", "check secretId"),
        "t11_signature_size": account("secretKey does not go with", "check secretId"),
        "t12_secret_id_not_found": account("does not know the key", "check secretId"),
        "o_not_authorized_zh": account("no permission", "CAM; SMS"),
        "o_not_authorized_cam": account("no permission", "CAM; SMS"),
        "o_header_unreadable": account("could not read the request's signature", "check secretId"),
        "o_other_product": account(
            "endpoint is of another product", "endpoint; https://sms.tencentcloudapi.com"
        ),
        "o_dirty_word": wrong("sensitive", "other words"),
        "o_of_sending": OF_SENDING,
        "o_another_resource": refused("", "support"),
    },
    "ucloud": {
        "u01_create_ok": "RMkBxFFQ",
        "u02_update_ok": None,
        "u03_query_ok": [("2", "APPROVED", "")],
        "u04_delete_ok": None,
        "u05_verify_ac": account("privateKey does not go with", "check publicKey"),
        "u06_missing_action": account("endpoint did not see the action", "check endpoint"),
        "u07_missing_params": wrong("is missing", "page CreateUSMSSignature"),
        "u09_230_not_exist": refused("parameter is wrong", "console; state delete"),
        "u10_param_required": wrong("parameter is missing", "projectId"),
        "u11_balance": account("balance is too low", "pay into"),
        "u12_service_unavailable": TROUBLE,
        "u14_internal": TROUBLE,
        "o_user": account("does not know the key", "check publicKey"),
        "o_not_available_of_create": wrong("parameter is wrong", "page CreateUSMSSignature"),
        "o_not_available_of_query": refused("parameter is wrong", "console; state delete"),
        "o_not_available_of_delete": refused("parameter is wrong", "under review; state delete"),
        "o_missing_of_query": wrong("parameter is missing", "projectId"),
        "o_iam": account("no permission", "grant the key"),
        "o_of_sending": OF_SENDING,
        "o_gone": GONE,
    },
    "yunpian": {
        "y01_get_three": [
            ("APLLYING_VIP", "APPROVED", ""),
            ("SUCCESS", "APPROVED", ""),
            ("FAIL", "REJECTED", "请提供营业执照"),
        ],
        "y02_get_none": [],
        "y03_add_ok": TEXT,
        "y04_bad_key": account("does not know the key", "check apikey"),
        "y05_balance": account("balance is too low", "top up"),
        "y06_no_template": OF_SENDING,
        "y07_sign_mismatch": OF_SENDING,
        "y08_bad_format": wrong("not what the vendor takes", "sign/update"),
        "y10_v1_bad_key": account("does not know the key", "check apikey"),
        "o_address": account("address", "console"),
        "o_qualification": account("qualification", "console"),
        "o_exists": Refused(errors.DuplicateError, "already", "adopt="),
        "o_gone": GONE,
        "o_captcha": OF_SENDING,
    },
}


Run = Callable[[Any, Path], object]


def looked_at(review: Review) -> tuple[str, str, str]:
    return review.vendor_status, str(review.status), review.reason


def asked(*ids: str) -> Run:
    """A question for signatures by their ids, or by their texts where there are none."""

    def run(api: Any, _folder: Path) -> object:  # noqa: ANN401 - each vendor's has a type
        return [looked_at(review) for review in api.reviews(list(map(Handle, ids))).values()]

    return run


def whole(api: Any, _folder: Path) -> object:  # noqa: ANN401
    """GetSmsSign, with the reasons of the carriers and what is reported."""
    for review in api.reviews([Handle(TEXT)]).values():
        carriers = review.filing.carriers.items()
        return [
            looked_at(review),
            {name: list(carrier.reasons) for name, carrier in carriers},
            review.reported,
        ]
    return []


def in_pages(api: Any, _folder: Path) -> object:  # noqa: ANN401
    return [looked_at(review) for page in api.catalogue("") for review in page.items]


def deleted(api: Any, _folder: Path) -> object:  # noqa: ANN401
    return api.withdraw(Handle("1110", TEXT))


def written(make: Callable[[Path], Any]) -> tuple[Run, Run]:
    """A submission, and a change of what there is."""
    return (
        lambda api, folder: api.submit(make(folder)).id,
        lambda api, folder: api.resubmit(Handle("1110", TEXT), make(folder)),
    )


def huawei(_folder: Path) -> object:
    return huawei_applications.application()


def tencent(folder: Path) -> object:
    return tencent_applications.application(tencent_applications.usual(folder))


def ucloud(folder: Path) -> object:
    return ucloud_applications.application(ucloud_applications.own_name(folder))


CREATE, UPDATE = written(lambda _: alibaba_applications.application(sign_name=TEXT))
ADD, MODIFY = written(tencent)
CREATE_SIGNATURE, UPDATE_SIGNATURE = written(huawei)
CREATE_USMS, UPDATE_USMS = written(ucloud)
SIGN_ADD, SIGN_UPDATE = written(lambda _: yunpian_applications.application(sign=TEXT))

CALLS: Mapping[str, Run] = {
    "CreateSmsSign": CREATE,
    "UpdateSmsSign": UPDATE,
    "GetSmsSign": whole,
    "QuerySmsSignList": in_pages,
    "DeleteSmsSign": deleted,
    "CreateSignature": CREATE_SIGNATURE,
    "UpdateSignature": UPDATE_SIGNATURE,
    "ShowSignature": asked(ID),
    "ListSignatureDetails": in_pages,
    "EnableSignature": lambda api, _folder: api.request("activate", Handle(ID)),
    "DeleteSignature": deleted,
    "AddSmsSign": ADD,
    "ModifySmsSign": MODIFY,
    "DescribeSmsSignList": asked("1", "1110", "1111"),
    "CreateUSMSSignature": CREATE_USMS,
    "UpdateUSMSSignature": UPDATE_USMS,
    "QueryUSMSSignature": asked("SIG20190711D48C1F"),
    "DeleteUSMSSignature": deleted,
    "sign/add": SIGN_ADD,
    "sign/update": SIGN_UPDATE,
}


def call_of(answer: RealAnswer) -> Run:
    """The call that it answers; Yunpian's one question is for one text, or for all."""
    if answer.action == "sign/get":
        return in_pages if answer.name == "y01_get_three" else asked(TEXT)
    return CALLS[answer.action]


def outcome(answer: RealAnswer, folder: Path) -> object:
    """What a client makes of an answer, which each of its calls gets."""
    with closing(connected(answer.vendor, NOWHERE)) as api:
        answer_with(api, lambda _request: answer.response())
        try:
            return call_of(answer)(api, folder)
        except errors.SmsSignError as error:
            return error


def test_every_answer_has_its_row() -> None:
    names = {
        vendor: [answer.name for answer in REAL_ANSWERS if answer.vendor == vendor]
        for vendor in UNDERSTOOD
    }
    assert names == {vendor: list(names) for vendor, names in UNDERSTOOD.items()}


@pytest.mark.parametrize("answer", REAL_ANSWERS, ids=str)
def test_real_answer_is_understood(answer: RealAnswer, tmp_path: Path) -> None:
    assert UNDERSTOOD[answer.vendor][answer.name] == outcome(answer, tmp_path)


def test_a_used_up_day_is_not_asked_for_again(tmp_path: Path) -> None:
    (answer,) = [each for each in REAL_ANSWERS if each.name == "a09_day_limit"]
    requests: list[httpx.Request] = []

    def side(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return answer.response()

    with closing(connected(answer.vendor, NOWHERE)) as api:
        answer_with(api, side)
        with pytest.raises(errors.AccountError):
            CREATE(api, tmp_path)
    assert len(requests) == 1


def test_an_application_without_urgency_has_no_status_of_it() -> None:
    (answer,) = [each for each in REAL_ANSWERS if each.name == "h01_show_pending"]
    with closing(connected(answer.vendor, NOWHERE)) as api:
        answer_with(api, lambda _request: answer.response())
        (review,) = api.reviews([Handle(ID)]).values()
    assert (answer.body["urge_status"], review.outputs["urge_status"]) == ("NO", "")
