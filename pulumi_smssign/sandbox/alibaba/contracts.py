"""The signature operations of version 2017-05-25: their parameters, sources and limits.

AddSmsSign and ModifySmsSign are in the SDK still, and offline.
Sources: the vendor's OpenAPI description of 2025-12 and the official SDK 4.6.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.parameters import Kind, Parameter

NAME = "alibaba"
VERSION = "2017-05-25"

CREATE = "CreateSmsSign"
UPDATE = "UpdateSmsSign"
GET = "GetSmsSign"
LIST = "QuerySmsSignList"
DELETE = "DeleteSmsSign"

METHODS: Mapping[str, frozenset[str]] = {LIST: frozenset({"POST"})}
"""The methods of an operation that doesn't take both GET and POST."""

COMPANY, APP, TRADEMARK = 0, 2, 5
"""SignSource, as far as the text of the pages has it still; the schema has 1, 3 and 4 too."""

VERIFICATION, GENERAL = 0, 1
"""SignType."""

SHORTEST, LONGEST = 2, 12
"""Characters of SignName."""

LONGEST_REMARK = 200
"""Characters of Remark; the text says 200, the schema 500."""

LOOKS_PER_SECOND = 150
"""GetSmsSign, by account; the other operations' limits are not stated."""

MOST_A_PAGE = 50

_SIGN_NAME = {"SignName": Parameter(Kind.STRING, required=True)}
_APPLICATION: Mapping[str, Parameter] = {
    **_SIGN_NAME,
    "SignSource": Parameter(Kind.INTEGER, required=True),
    "QualificationId": Parameter(Kind.INTEGER, required=True),
    "SignType": Parameter(Kind.INTEGER),
    "ThirdParty": Parameter(Kind.BOOLEAN),
    "AuthorizationLetterId": Parameter(Kind.INTEGER),
    "Remark": Parameter(Kind.STRING),
    "MoreData": Parameter(Kind.STRINGS),
    "ApplySceneContent": Parameter(Kind.STRING),
    "TrademarkId": Parameter(Kind.INTEGER),
    "AppIcpRecordId": Parameter(Kind.INTEGER),
}

PARAMETERS: Mapping[str, Mapping[str, Parameter]] = {
    CREATE: _APPLICATION,
    UPDATE: _APPLICATION,
    GET: _SIGN_NAME,
    LIST: {"PageIndex": Parameter(Kind.INTEGER), "PageSize": Parameter(Kind.INTEGER)},
    DELETE: _SIGN_NAME,
}

ACTIONS = frozenset(PARAMETERS)

FILES = "MoreData"

RECORDED = frozenset(name for parameters in PARAMETERS.values() for name in parameters)
"""The parameters that are kept for assertions; there is no personal one."""
