"""Alibaba Cloud's codes that are about no call of ours, by what they are about.

Sources: the error codes of the product's other operations in the vendor's OpenAPI description
(December 2025), and those of its error-code page 101346 that only the sending of texts meets.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.model.language import mark

OTHER_CALLS: Mapping[str, str] = {
    mark("the sending of texts"): """
        isv.SMS_SIGNATURE_SCENE_ILLEGAL isv.EXTEND_CODE_ERROR isv.DOMESTIC_NUMBER_NOT_SUPPORTED
        isv.DAY_LIMIT_CONTROL isv.MONTH_LIMIT_CONTROL isv.SMS_CONTENT_ILLEGAL
        isv.MOBILE_NUMBER_ILLEGAL isv.MOBILE_COUNT_OVER_LIMIT isv.INVALID_JSON_PARAM
        isv.BLACK_KEY_CONTROL_LIMIT isv.PARAM_LENGTH_LIMIT isv.PARAM_NOT_SUPPORT_URL
        isv.CUSTOMER_REFUSED isv.SMS_TEST_SIGN_TEMPLATE_LIMIT
        isv.SMS_TEST_TEMPLATE_PARAMS_ILLEGAL isv.SMS_TEST_NUMBER_LIMIT isv.UNSUPPORTED_CONTENT
        isv.SMS_CONTENT_MISMATCH_TEMPLATE_TYPE isv.ONE_CODE_MULTIPLE_SIGN isv.CODE_EXCEED_LIMIT
        isv.CODE_ERROR IS_CLOSE PARAMS_ILLEGAL MOBILE_NOT_ON_SERVICE MOBILE_SEND_LIMIT
        MOBILE_ACCOUNT_ABNORMAL MOBILE_IN_BLACK MOBLLE_TERMINAL_ERROR CONTENT_KEYWORD
        CONTENT_ERROR INVALID_NUMBER REQUEST_SUCCESS SP_NOT_BY_INTER_SMS SP_UNKNOWN_ERROR
        USER_REJECT NO_ROUTE PORT_NOT_REGISTERED InvalidParam.PageSize InvalidParam.PhoneNumber
        InvalidParam.SendDate
    """,
    mark("a template"): """
        isv.SMS_TEMPLATE_ILLEGAL isv.TEMPLATE_MISSING_PARAMETERS isv.TEMPLATE_PARAMS_ILLEGAL
        isv.TEMPLATE_COUNT_OVER_LIMIT isv.TEMPLATE_OVER_LIMIT isv.ERROR_TEMPLATE_NOT_DELETE
        isv.ERROR_TEMPLATE_NOT_MODIFY template_parameter_count_illegal
        TemplateParameterCountIllegal AssocSignUnapproved InvalidTemplateContent.Format
        InvalidTemplateRule InvalidTemplateRule.Format MissingTemplateName TemplateNotFound
        TemplateVarLimitExceeded
    """,
    mark("a short link"): """
        isv.SHORTURL_OVER_LIMIT isv.NO_AVAILABLE_SHORT_URL isv.SHORTURL_NAME_ILLEGAL
        isv.SOURCEURL_OVER_LIMIT isv.SHORTURL_TIME_ILLEGAL isv.PHONENUMBERS_OVER_LIMIT
        isv.SHORTURL_STILL_AVAILABLE isv.SHORTURL_DOMAIN_EMPTY
    """,
    mark("the application for a qualification"): """
        AdminBackOssFileNotUploadError AdminDateNotValid AdminFrontOssFileNotUploadError
        AdminIdcardExpdateNotMatchRegexError AdminIdcardFrontFaceFileError
        AdminIdcardFrontFaceNullError AdminIdcardNoNullError AdminIdcardNotMatchRegex
        AdminIdcardPicsFileError AdminIdcardPicsNullError AdminIdcardTypeError
        AdminNameNullError BindSignDeleteFailed BusinessLicenseDateNotMatchRegexError
        BusinessLicenseDateNotValid BusinessLicenseOssFileNotUploadError
        BusinessLicensePicsFileError BusinessLicensePicsNullError BusinessLicenseTypeError
        CertifyCodeError CompanyNameNullError CompanyTypeError
        CompanyVerificationFailedCompanyStateInvalid CompanyVerificationFailedFourElementsError
        CompanyVerificationFailedMismatch CompanyVerificationFailedNoCompany
        CompanyVerificationFailedNoLegalPerson LegalBackOssFileNotUploadError LegalDateNotValid
        LegalFrontOssFileNotUploadError LegalIdCardNoNullError LegalIdCardNotMatchRegex
        LegalPersonIdcardEfftimeNotMatchRegexError LegalPersonIdcardTypeError
        LegalPersonNameNullError OrganizationCodeNullError OssBiztypeNotSupportError
        OtherFileTypeError OtherOssFileNotUploadError PhoneNoCertifyCodeNullError
        QualificationNameAlreadyExist QualificationNameNotMatchRegex QualificationNameNullError
        SameQualificationGroupError WorkOrderIdExpired
    """,
    mark("a letter of authorization"): """
        AuthorizationLetterDateNotMatchRegex AuthorizationLetterDateNotValid
        AuthorizationLetterNameNotMatchRegex AuthorizationLetterNameOverLimit
        AuthorizationLetterNameRepeat AuthorizationNotMatchRegex
        AuthorizationOssFileNotUploadError AuthorizationOverLimit OrganizationCodeOverLimit
        ProxyAuthorizationNotMatchRegex ProxyAuthorizationOverLimit SignNotMatchRegex
        SignNumOverLimit
    """,
    mark("a trademark's entry"): """
        TrademarkApplicantNameNotMatchRegex TrademarkApplicantNameOverLimit
        TrademarkDateNotValid TrademarkLetterDateNotMatchRegex TrademarkNameNotMatchRegex
        TrademarkNameOverLimit TrademarkOssFileNotUploadError TrademarkPicsFileError
        TrademarkRegistrationNumberNotMatchRegex TrademarkRegistrationNumberOverLimit
    """,
    mark("an ICP record's entry"): """
        AppApprovalDateNotValid AppDomainNotMatchRegex AppDomainOverLimit
        AppIcpLicenseNumberNotMatchRegex AppIcpLicenseNumberOverLimit
        AppIcpRecordDateNotMatchRegex AppIcpRecordOssFileNotUploadError
        AppIcpRecordPicsFileError AppPrincipalUnitNameNotMatchRegex
        AppPrincipalUnitNameOverLimit
    """,
}
