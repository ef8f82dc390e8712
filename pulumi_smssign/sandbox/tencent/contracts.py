"""The two contracts of version 2021-01-11: which parameters and types are taken.

`seed-2024` is what the vendor pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10) say;
`mainland-2026` is what the official SDK 3.1.153 says.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.tencent.parameters import Kind, Parameter

NAME = "tencent"
VERSION = "2021-01-11"

ADD = "AddSmsSign"
MODIFY = "ModifySmsSign"
DESCRIBE = "DescribeSmsSignList"
DELETE = "DeleteSmsSign"

CALLS_PER_SECOND: Mapping[str, int] = {ADD: 1, MODIFY: 1, DELETE: 1, DESCRIBE: 20}
"""The default limit of each action, as on its vendor page."""

MAINLAND, GLOBAL = 0, 1
"""International."""

DOCUMENT_TYPES: Mapping[int, frozenset[int]] = {
    0: frozenset({0, 1}),
    1: frozenset({0, 1, 2, 3, 4}),
    2: frozenset({0, 1, 2, 3, 5}),
    3: frozenset({0, 1, 2, 3, 8}),
    4: frozenset({7}),
    5: frozenset({2, 3}),
    6: frozenset({0, 1, 2, 3, 6}),
}
"""By sign type, the document types that go with it."""

ALL_DOCUMENT_TYPES = frozenset(range(9))

WITHDRAWN_SIGN_TYPES: Mapping[int, frozenset[int]] = {
    MAINLAND: frozenset({1, 2, 3, 6}),
    GLOBAL: frozenset({2, 3, 6}),
}
"""By International, the sign types that mainland-2026 takes no more."""

WITHDRAWN_DOCUMENT_TYPES: Mapping[int, frozenset[int]] = {
    MAINLAND: frozenset({4, 5, 6, 8}),
    GLOBAL: frozenset({5, 6, 8}),
}
"""By International, the document types that mainland-2026 takes no more."""

IMAGES = ("ProofImage", "CommissionImage")

_ADD_2024: Mapping[str, Parameter] = {
    "SignName": Parameter(Kind.STRING, required=True),
    "SignType": Parameter(Kind.INTEGER, required=True),
    "DocumentType": Parameter(Kind.INTEGER, required=True),
    "International": Parameter(Kind.INTEGER, required=True),
    "SignPurpose": Parameter(Kind.INTEGER, required=True),
    "ProofImage": Parameter(Kind.STRING, required=True),
    "CommissionImage": Parameter(Kind.STRING, required=False),
    "Remark": Parameter(Kind.STRING, required=False),
}
_QUALIFICATION = {"QualificationId": Parameter(Kind.INTEGER, required=False)}
_SIGN_ID = {"SignId": Parameter(Kind.INTEGER, required=True)}
_DESCRIBE = {
    "International": Parameter(Kind.INTEGER, required=True),
    "SignIdSet": Parameter(Kind.INTEGERS, required=False),
    "Limit": Parameter(Kind.INTEGER, required=False),
    "Offset": Parameter(Kind.INTEGER, required=False),
}

SEED_2024_PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    ADD: _ADD_2024,
    MODIFY: {**_SIGN_ID, **_ADD_2024},
    DESCRIBE: _DESCRIBE,
    DELETE: _SIGN_ID,
}
MAINLAND_2026_PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    ADD: {**_ADD_2024, **_QUALIFICATION},
    MODIFY: {**_SIGN_ID, **_ADD_2024, **_QUALIFICATION},
    DESCRIBE: _DESCRIBE,
    DELETE: _SIGN_ID,
}

RECORDED = frozenset(
    name
    for parameters in MAINLAND_2026_PARAMETERS.values()
    for name in parameters
    if name not in IMAGES
)
"""The parameters that are kept for assertions as they were sent; there is no personal one."""
