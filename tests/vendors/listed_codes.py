"""The vendors' own lists of codes, each with its source, as they stand there.

Tencent's own list is not here: the official SDK for Python has it (`tencentcloud.sms`), and the
test asks that. Where a list names several times what another one has, it is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

LISTED: Mapping[str, Mapping[str, str]] = {
    "alibaba": {
        "the OpenAPI description of 2025-12-19 (dew-serverless/acs-metadata), every operation": """
            AdminBackOssFileNotUploadError AdminDateNotValid AdminFrontOssFileNotUploadError
            AdminIdcardExpdateNotMatchRegexError AdminIdcardFrontFaceFileError
            AdminIdcardFrontFaceNullError AdminIdcardNoNullError AdminIdcardNotMatchRegex
            AdminIdcardPicsFileError AdminIdcardPicsNullError AdminIdcardTypeError
            AdminNameNullError AppApprovalDateNotValid AppDomainNotMatchRegex AppDomainOverLimit
            AppIcpLicenseNumberNotMatchRegex AppIcpLicenseNumberOverLimit
            AppIcpRecordDateNotMatchRegex AppIcpRecordNotExist AppIcpRecordOssFileNotUploadError
            AppIcpRecordPicsFileError AppPrincipalUnitNameNotMatchRegex
            AppPrincipalUnitNameOverLimit AssocSignUnapproved AuthorizationLetterDateNotMatchRegex
            AuthorizationLetterDateNotValid AuthorizationLetterNameNotMatchRegex
            AuthorizationLetterNameOverLimit AuthorizationLetterNameRepeat
            AuthorizationNotMatchRegex AuthorizationOssFileNotUploadError AuthorizationOverLimit
            BindSignDeleteFailed BusinessLicenseDateNotMatchRegexError BusinessLicenseDateNotValid
            BusinessLicenseOssFileNotUploadError BusinessLicensePicsFileError
            BusinessLicensePicsNullError BusinessLicenseTypeError CertifyCodeError
            CompanyNameNullError CompanyTypeError CompanyVerificationFailedCompanyStateInvalid
            CompanyVerificationFailedFourElementsError CompanyVerificationFailedMismatch
            CompanyVerificationFailedNoCompany CompanyVerificationFailedNoLegalPerson
            CustNotExistError ForbiddenAction GrayCustAccessError InvalidApplySceneContent
            InvalidMoreData InvalidParam.PageSize InvalidParam.PhoneNumber InvalidParam.SendDate
            InvalidParameter InvalidQualification InvalidSignName InvalidTemplateContent.Format
            InvalidTemplateRule InvalidTemplateRule.Format LegalBackOssFileNotUploadError
            LegalDateNotValid LegalFrontOssFileNotUploadError LegalIdCardNoNullError
            LegalIdCardNotMatchRegex LegalPersonIdcardEfftimeNotMatchRegexError
            LegalPersonIdcardTypeError LegalPersonNameNullError MissApplySceneContent
            MissingSignName MissingTemplateName NotEnterpriseCertifyCustCheckError
            OrganizationCodeNullError OrganizationCodeOverLimit OssBiztypeNotSupportError
            OtherFileTypeError OtherOssFileNotUploadError ParameterMismatch.ThirdParty
            PhoneNoCertifyCodeNullError ProxyAuthorizationNotMatchRegex ProxyAuthorizationOverLimit
            QualificationNameAlreadyExist QualificationNameNotMatchRegex QualificationNameNullError
            QualificationNotComplete QualificationNotExist QualificationNotFound SMS_STATUS_ILLEGAL
            SameQualificationGroupError ServiceNotOpened SignName.Exists SignNotMatchRegex
            SignNumOverLimit SignatureNotFound SmsAuthorizationLetterNotExist
            SmsAuthorizationLetterNotMatch SmsPassedAuthorizationLetterNotMatch
            SmsQualificationNotPassed SmsQualificationRegisterFailed SmsSignNotAuthorized
            SmsSignatureNotExist SmsSignatureNotFound TemplateNotFound TemplateParameterCountIllegal
            TemplateVarLimitExceeded TrademarkApplicantNameNotMatchRegex
            TrademarkApplicantNameOverLimit TrademarkDateNotValid TrademarkLetterDateNotMatchRegex
            TrademarkNameNotMatchRegex TrademarkNameOverLimit TrademarkNotExist
            TrademarkOssFileNotUploadError TrademarkPicsFileError
            TrademarkRegistrationNumberNotMatchRegex TrademarkRegistrationNumberOverLimit
            WorkOrderIdExpired
        """,
        "the page 101346 of error codes, by public transcriptions of 2023 to 2026": """
            isv.SMS_SIGNATURE_SCENE_ILLEGAL isv.EXTEND_CODE_ERROR isv.SIGN_STATE_ILLEGAL
            isv.DOMESTIC_NUMBER_NOT_SUPPORTED isv.DENY_IP_RANGE isv.DAY_LIMIT_CONTROL
            isv.MONTH_LIMIT_CONTROL isv.SMS_CONTENT_ILLEGAL isv.SMS_SIGN_ILLEGAL
            isp.RAM_PERMISSION_DENY isv.OUT_OF_SERVICE isv.PRODUCT_UN_SUBSCRIPT
            isv.PRODUCT_UNSUBSCRIBE isv.ACCOUNT_NOT_EXISTS isv.ACCOUNT_ABNORMAL
            isv.SMS_TEMPLATE_ILLEGAL isv.SMS_SIGNATURE_ILLEGAL isv.INVALID_PARAMETERS
            isp.SYSTEM_ERROR isv.MOBILE_NUMBER_ILLEGAL isv.MOBILE_COUNT_OVER_LIMIT
            isv.TEMPLATE_MISSING_PARAMETERS isv.BUSINESS_LIMIT_CONTROL isv.INVALID_JSON_PARAM
            isv.BLACK_KEY_CONTROL_LIMIT isv.PARAM_LENGTH_LIMIT isv.PARAM_NOT_SUPPORT_URL
            isv.AMOUNT_NOT_ENOUGH isv.TEMPLATE_PARAMS_ILLEGAL SignatureDoesNotMatch
            InvalidTimeStamp.Expired SignatureNonceUsed InvalidVersion InvalidAction.NotFound
            isv.SIGN_COUNT_OVER_LIMIT isv.TEMPLATE_COUNT_OVER_LIMIT isv.SIGN_NAME_ILLEGAL
            isv.SIGN_FILE_LIMIT isv.SIGN_OVER_LIMIT isv.TEMPLATE_OVER_LIMIT SIGNATURE_BLACKLIST
            isv.SHORTURL_OVER_LIMIT isv.NO_AVAILABLE_SHORT_URL isv.SHORTURL_NAME_ILLEGAL
            isv.SOURCEURL_OVER_LIMIT isv.SHORTURL_TIME_ILLEGAL isv.PHONENUMBERS_OVER_LIMIT
            isv.SHORTURL_STILL_AVAILABLE isv.ERROR_EMPTY_FILE isp.GATEWAY_ERROR
            isv.ERROR_SIGN_NOT_DELETE isv.ERROR_SIGN_NOT_MODIFY isv.ERROR_TEMPLATE_NOT_DELETE
            isv.ERROR_TEMPLATE_NOT_MODIFY isv.SMS_OVER_LIMIT isv.CUSTOMER_REFUSED
            isv.SMS_TEST_SIGN_TEMPLATE_LIMIT isv.SHORTURL_DOMAIN_EMPTY
            template_parameter_count_illegal isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL
            isv.SMS_TEST_NUMBER_LIMIT isv.SMS_SIGN_EMOJI_ILLEGAL isv.SECURITY_FROZEN_ACCOUNT
            IS_CLOSE PARAMS_ILLEGAL MOBILE_NOT_ON_SERVICE MOBILE_SEND_LIMIT MOBILE_ACCOUNT_ABNORMAL
            MOBILE_IN_BLACK MOBLLE_TERMINAL_ERROR CONTENT_KEYWORD INVALID_NUMBER CONTENT_ERROR
            REQUEST_SUCCESS SP_NOT_BY_INTER_SMS SP_UNKNOWN_ERROR USER_REJECT NO_ROUTE
            isv.UNSUPPORTED_CONTENT isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE
            isv.ONE_CODE_MULTIPLE_SIGN isv.CODE_EXCEED_LIMIT isv.CODE_ERROR PORT_NOT_REGISTERED
            isv.SIGN_SOURCE_ILLEGAL
        """,
        "the gateway's lists: help pages 25963, 30137 and 51132, forum 278265": """
            InvalidApi.NotFound InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive
            InvalidTimeStamp.Format InvalidTimeStamp.Expired SignatureNonceUsed
            InvalidParameter.Format UnsupportedHTTPMethod InvalidSignatureMethod
            SignatureDoesNotMatch Throttling.User Throttling.Api MissingParameter InvalidParameter
            IncompleteSignature IllegalTimestamp InvalidOwnerId InvalidOwnerAccount InvalidOwner
            Throttling InvalidAction ActionUnauthorized UnsupportedParameter Forbidden.RAM
            Forbedden.NotSupportRAM Forbidden.RiskControl InsufficientBalance UnsupportedOperation
            NoSuchVersion Forbidden Forbidden.UserVerification Forbidden.Unsubscribed InternalError
            ServiceUnavailable
        """,
        "what else public clients of the gateway know": """
            InvalidAccessKeyId MissingSecurityToken InvalidSecurityToken.Expired
            InvalidSecurityToken.Malformed InvalidSecurityToken.MismatchWithAccessKey
            ContentMD5NotMatched InvalidProduct.NotFound
        """,
    },
    "huawei": {
        "the page sms_05_0060 (API错误码), as far as it was read": """
            MSGSMS.0001 MSGSMS.0002 MSGSMS.0003 MSGSMS.0004 MSGSMS.0005 MSGSMS.0006 MSGSMS.0007
            MSGSMS.0008 MSGSMS.0009 MSGSMS.0010 MSGSMS.0011 MSGSMS.0012 MSGSMS.0013 MSGSMS.0014
            MSGSMS.0032 MSGSMS.0033 MSGSMS.0034 MSGSMS.0035 MSGSMS.0050 MSGSMS.0051 MSGSMS.0053
            MSGSMS.0076 MSGSMS.0130 MSGSMS.0132 MSGSMS.0133 MSGSMS.0186 MSGSMS.0187 MSGSMS.0188
        """,
        "the API Request Signing Guide's page api-sign-errorcode": """
            APIGW.0101 APIGW.0103 APIGW.0104 APIGW.0105 APIGW.0106 APIGW.0301 APIGW.0302 APIGW.0303
            APIGW.0304 APIGW.0305 APIGW.0306 APIGW.0307 APIGW.0308 APIGW.0310 APIGW.0311 APIGW.0401
            APIGW.0402 APIGW.0404 APIGW.0501 APIGW.0502 APIGW.0601 APIGW.0602 APIGW.0605 APIGW.0606
            APIGW.0607 APIGW.0608 APIGW.0609 APIGW.0610 APIGW.0611 APIGW.0612 APIGW.0613 APIGW.0705
            APIGW.0801 APIGW.0802
        """,
        "the page apig_03_0048 of API Gateway (2023-12-22), as far as it was read": """
            APIG.0101 APIG.0103 APIG.0104 APIG.0105 APIG.0106 APIG.0107 APIG.0202 APIG.0203
        """,
    },
    "tencent": {
        "the common codes of API 3.0 (page 382/38780)": """
            ActionOffline AuthFailure.InvalidAuthorization AuthFailure.InvalidSecretId
            AuthFailure.MFAFailure AuthFailure.SecretIdNotFound AuthFailure.SignatureExpire
            AuthFailure.SignatureFailure AuthFailure.TokenFailure AuthFailure.UnauthorizedOperation
            DryRunOperation FailedOperation InternalError InvalidAction InvalidParameter
            InvalidParameterValue InvalidRequest IpInBlacklist IpNotInWhitelist LimitExceeded
            MissingParameter NoSuchProduct NoSuchVersion RequestLimitExceeded
            RequestLimitExceeded.GlobalRegionUinLimitExceeded RequestLimitExceeded.IPLimitExceeded
            RequestLimitExceeded.UinLimitExceeded RequestSizeLimitExceeded ResourceInUse
            ResourceInsufficient ResourceNotFound ResourceUnavailable ResponseSizeLimitExceeded
            ServiceUnavailable UnauthorizedOperation UnknownParameter UnsupportedOperation
            UnsupportedProtocol UnsupportedRegion
        """,
    },
    "ucloud": {
        "the common codes of the API guide (UCloudDoc-Team/api summary/public.md, 2026-08-21)": """
            110 130 150 153 160 161 170 171 172 174 292 293 294 295 299
        """,
        "the table of USMS (July 2026), beside these": """
            151 173 180 200 290 291 18000 18001 18002 18003 18004 18007 18013 18014 18016 18017
            18018 18019 18023 18033 18046 18048 18049
        """,
        "what other products answer (a table of codes; ucloud/terraform-provider-ucloud#62)": """
            -1 130 150 160 220 230 240 1000 520
        """,
    },
    "yunpian": {
        "the official SDK for Java, its table of messages": """
            1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 -1 -2 -3 -4
            -5 -6 -50 -51 -52 -53 -54 -55 -56 -57 -58
        """,
        "the page returnvalue_common, by a public client of 2026": """
            3 5 7 10 11 15 16 18 20 23 53 55 56 58 60 -1 -2 -3 -4 -5 -6 -11 -57 -62
        """,
    },
}
"""The codes, divided by blanks, by vendor and source."""
