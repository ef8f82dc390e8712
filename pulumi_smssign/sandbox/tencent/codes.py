"""The codes that several rooms or switches name; any other is written where it is answered.

Source: the error tables of the vendor pages AddSmsSign (2024-03-07) and ModifySmsSign (2024-09-10).
"""

from __future__ import annotations

ALREADY_PASSED = "InvalidParameterValue.SignAlreadyPassedCheck"
IN_REVIEW_ALREADY = "InvalidParameterValue.SignExistAndUnapproved"
OTHER_ERROR = "FailedOperation.OtherError"
BAD_DOCUMENT_TYPE = "InvalidParameterValue.InvalidDocumentType"
BAD_PURPOSE = "InvalidParameterValue.InvalidSignPurpose"
BAD_USED_METHOD = "InvalidParameterValue.InvalidUsedMethod"
ID_NOT_EXIST = "FailedOperation.SignIdNotExist"
NOTHING_TO_MODIFY = "FailedOperation.MissingSignatureToModify"
BAD_LIMIT = "InvalidParameterValue.LimitVerifyFail"
