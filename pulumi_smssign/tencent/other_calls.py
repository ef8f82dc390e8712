"""Tencent's codes that are about no call of ours, by what they are about.

Source: the official SDK 3.1.153 (`sms.v20210111.errorcodes`).
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.model.language import mark

OTHER_CALLS: Mapping[str, str] = {
    mark("the sending of texts"): """
        FailedOperation.ContainSensitiveWord FailedOperation.InsufficientBalanceInSmsPackage
        FailedOperation.MarketingSendTimeConstraint FailedOperation.PhoneNumberInBlacklist
        FailedOperation.PhoneNumberParseFail FailedOperation.SignatureIncorrectOrUnapproved
        FailedOperation.TemplateIncorrectOrUnapproved
        FailedOperation.TemplateParamSetNotMatchApprovedTemplate
        FailedOperation.TemplateUnapprovedOrNotExist InternalError.ParseBackendResponseFail
        InvalidParameterValue.ContentLengthLimit InvalidParameterValue.IncorrectPhoneNumber
        InvalidParameterValue.ProhibitedUseUrlInTemplateParameter
        InvalidParameterValue.TemplateParameterFormatError
        InvalidParameterValue.TemplateParameterLengthLimit
        LimitExceeded.AppCountryOrRegionDailyLimit LimitExceeded.AppCountryOrRegionInBlacklist
        LimitExceeded.AppDailyLimit LimitExceeded.AppGlobalDailyLimit
        LimitExceeded.AppMainlandChinaDailyLimit LimitExceeded.DailyLimit
        LimitExceeded.DeliveryFrequencyLimit LimitExceeded.GlobalSmsSendingRateLimit
        LimitExceeded.PhoneNumberCountLimit LimitExceeded.PhoneNumberDailyLimit
        LimitExceeded.PhoneNumberOneHourLimit LimitExceeded.PhoneNumberSameContentDailyLimit
        LimitExceeded.PhoneNumberThirtySecondLimit MissingParameter.EmptyPhoneNumberSet
        UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny
        UnauthorizedOperation.SmsSdkAppIdVerifyFail
        UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone
        UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber
        UnsupportedOperation.ContainDomesticPhoneNumber
        UnsupportedOperation.GlobalTemplateToChineseMainlandPhone
        UnsupportedOperation.UnsupportedRegion
    """,
    mark("a template"): """
        FailedOperation.ForbidAddMarketingTemplates FailedOperation.MissingSignature
        FailedOperation.MissingTemplateList FailedOperation.MissingTemplateToModify
        FailedOperation.TemplateNumberLimit InvalidParameterValue.InvalidSmsType
        InvalidParameterValue.InvalidTemplateFormat
        InvalidParameterValue.MarketingTemplateWithoutUnsubscribe
        InvalidParameterValue.TemplateWithDirtyWords
        InvalidParameterValue.UnsupportedTemplateVariable
    """,
    mark("a report of what was sent"): """
        InvalidParameterValue.BeginTimeVerifyFail InvalidParameterValue.EndTimeVerifyFail
        InvalidParameterValue.InvalidStartTime InvalidParameterValue.MultiSmsInfoSetEmpty
    """,
}
