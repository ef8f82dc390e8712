"""The signature actions of version 2021-01-11: their parameters, types, limits and codes.

Sources: the vendor pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10), and what the
official SDK 3.1.153 (2026) has more or less than these.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.parameters import Kind, Parameter

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
"""By International, the sign types that the SDK of 2026 has no more."""

WITHDRAWN_DOCUMENT_TYPES: Mapping[int, frozenset[int]] = {
    MAINLAND: frozenset({4, 5, 6, 8}),
    GLOBAL: frozenset({5, 6, 8}),
}
"""By International, the document types that the SDK of 2026 has no more."""

LONGEST_GLOBAL_NAME = 15
"""Characters of a global SignName; how many a mainland one has is a switch."""

LARGEST_IMAGE = 5 * 1024 * 1024
"""Bytes of an image, decoded: the console's limit, since the API's pages give none."""

IMAGES = ("ProofImage", "CommissionImage")

_SIGN_ID = {"SignId": Parameter(Kind.INTEGER, required=True)}
_APPLICATION: Mapping[str, Parameter] = {
    "SignName": Parameter(Kind.STRING, required=True),
    "SignType": Parameter(Kind.INTEGER, required=True),
    "DocumentType": Parameter(Kind.INTEGER, required=True),
    "International": Parameter(Kind.INTEGER, required=True),
    "SignPurpose": Parameter(Kind.INTEGER, required=True),
    "ProofImage": Parameter(Kind.STRING, required=True),
    "CommissionImage": Parameter(Kind.STRING),
    "Remark": Parameter(Kind.STRING),
    "QualificationId": Parameter(Kind.INTEGER),
}

PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    ADD: _APPLICATION,
    MODIFY: {**_SIGN_ID, **_APPLICATION},
    DESCRIBE: {
        "International": Parameter(Kind.INTEGER, required=True),
        "SignIdSet": Parameter(Kind.INTEGERS),
        "Limit": Parameter(Kind.INTEGER),
        "Offset": Parameter(Kind.INTEGER),
    },
    DELETE: _SIGN_ID,
}
"""QualificationId is the SDK's alone, as is a DescribeSmsSignList without SignIdSet."""

RECORDED = frozenset(
    name for parameters in PARAMETERS.values() for name in parameters if name not in IMAGES
)
"""The parameters that are kept for assertions as they were sent; there is no personal one."""

ALREADY_PASSED = "InvalidParameterValue.SignAlreadyPassedCheck"
IN_REVIEW_ALREADY = "InvalidParameterValue.SignExistAndUnapproved"
OTHER_ERROR = "FailedOperation.OtherError"
BAD_DOCUMENT_TYPE = "InvalidParameterValue.InvalidDocumentType"
BAD_IMAGE = "InvalidParameterValue.ImageInvalid"
BAD_INTERNATIONAL = "InvalidParameterValue.InvalidInternational"
NO_QUALIFICATION = "InvalidParameterValue.QualificationIdNotFound"
"""Codes of the error tables of both pages; any other is written where it is answered."""
