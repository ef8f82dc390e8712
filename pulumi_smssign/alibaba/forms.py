"""Alibaba Cloud's requests: parameters in the query of a POST without a body.

Source: the official SDK 4.6.0, seen on the wire; a list is one JSON text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pulumi_smssign.alibaba.application import SignatureApplication


def submission(application: SignatureApplication) -> Mapping[str, str]:
    """The parameters of CreateSmsSign and UpdateSmsSign; what is not set is left out.

    An update has them all, since nobody says what becomes of those that it leaves out.
    """
    files = application.more_data
    values: dict[str, str | int | None] = {
        "SignName": application.sign_name,
        "SignSource": int(application.sign_source),
        "QualificationId": application.qualification_id,
        "ThirdParty": "true" if application.third_party else "false",
        "AuthorizationLetterId": application.authorization_letter_id,
        "SignType": int(application.sign_type),
        "Remark": application.remark,
        "MoreData": None if files is None else json.dumps(list(files), ensure_ascii=False),
        "ApplySceneContent": application.apply_scene_content,
        "TrademarkId": application.trademark_id,
        "AppIcpRecordId": application.app_icp_record_id,
    }
    return {name: str(value) for name, value in values.items() if value is not None}
