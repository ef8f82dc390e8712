"""The form of the gateway, validated before any call is made."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator

from acme_sms.rules import RULES
from pulumi_smssign.contract.application import (
    MIB,
    Application,
    Evidence,
    SignatureText,
    not_blank,
    proof,
)


class SignatureApplication(Application):
    """The application for a signature at the gateway."""

    text_field: ClassVar[str] = RULES.text_field

    name: SignatureText
    purpose: Annotated[str, AfterValidator(not_blank)]
    proof: Annotated[Evidence, proof("image/png", max_bytes=MIB)]
