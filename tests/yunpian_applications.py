"""Invented applications to Yunpian; no person, number or paper in them exists."""

from __future__ import annotations

from pathlib import Path

from pulumi_smssign.contract import evidence
from pulumi_smssign.yunpian.application import SignatureApplication
from tests.images import jpeg, png

Inputs = dict[str, object]

SIGN = "极客科技"
WEBSITE = "https://geek.example 登录验证码"
PERSON = {
    "id_card_name": "赵钱孙",
    "id_card_number": "11010119000101001X",
    "agent_mobile": "13000000000",
}


def own_use(**changes: object) -> Inputs:
    """The least that is taken, with some fields set otherwise; None takes one out."""
    return _without_nothing({"sign": SIGN, "website": WEBSITE, **changes})


def for_others(folder: Path, **changes: object) -> Inputs:
    """All that another company's name asks for, its papers being files in the folder."""
    return own_use(
        **{
            "sign_use": 1,
            "prove_type": 1,
            "licences": [written(folder, "licence.png", png(1)), written(folder, "b.jpg", jpeg())],
            "business_license_name": "极客科技有限公司",
            **PERSON,
            "id_card_front": written(folder, "front.png", png(2)),
            "id_card_back": written(folder, "back.jpg", jpeg(3)),
            **changes,
        }
    )


def written(folder: Path, name: str, content: bytes) -> evidence.Description:
    """A proof file that is written now, as the resource's constructor describes it."""
    file = folder / name
    file.write_bytes(content)
    return evidence.describe(file)


def application(inputs: Inputs | None = None, **changes: object) -> SignatureApplication:
    """The application that inputs make."""
    return SignatureApplication.of({**(inputs or own_use()), **changes}, "")


def _without_nothing(fields: Inputs) -> Inputs:
    return {name: value for name, value in fields.items() if value is not None}
