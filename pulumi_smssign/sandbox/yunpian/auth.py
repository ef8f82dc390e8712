"""The keys that the sandbox knows as Yunpian's, which are sent as a field of the form.

The test key (see `keys`) is `5a1d00000000000000000000005b0c00`. Each account has signatures of its
own; whether the sub-accounts of one customer see each other's is not known, so there are none.
"""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_smssign.sandbox.gateway import Refusal
from pulumi_smssign.sandbox.keys import TestKeys
from pulumi_smssign.sandbox.yunpian.codes import BAD_KEY, MISSING
from pulumi_smssign.sandbox.yunpian.parameters import Form

APIKEY = "5a1d00000000000000000000005b0c00"

ENVIRONMENT: Mapping[str, str] = {"YUNPIAN_BASE_URL": "http://{}", "YUNPIAN_APIKEY": APIKEY}

_KEYS = TestKeys(APIKEY)


def claimed_account(form: Form) -> str:
    """Give the account of the form's apikey; empty if there is none."""
    return _KEYS.account(form.text("apikey"))


def authenticate(form: Form) -> str:
    """Check the apikey and give its account.

    Raises:
        Refusal: 1 if there is no apikey (as observed), -1 if it is wrong.
    """
    if not form.text("apikey"):
        raise Refusal(MISSING, "参数 apikey 必须传入")
    account = claimed_account(form)
    if not account:
        raise Refusal(BAD_KEY, "请检查您的apikey是否正确，或者账户已经失效")
    return account
