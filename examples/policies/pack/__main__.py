"""A policy pack: approved signatures stay, and no name is one that the carriers expel."""

from __future__ import annotations

import sms_rules
from pulumi_policy import (
    EnforcementLevel,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)


def keeps(args: ResourceValidationArgs, report: ReportViolation) -> None:
    """Report a signature that a dropped line would delete."""
    if sms_rules.is_signature(args.resource_type) and (why := sms_rules.deletion(args.props)):
        report(why)


def is_filed(args: ResourceValidationArgs, report: ReportViolation) -> None:
    """Report a name that the carriers expel."""
    if sms_rules.is_signature(args.resource_type) and (why := sms_rules.kind_of_name(args.props)):
        report(why)


def protects(args: StackValidationArgs, report: ReportViolation) -> None:
    """Report approved signatures without protect; their status is an output, so of the stack."""
    for resource in args.resources:
        if not sms_rules.is_signature(resource.resource_type):
            continue
        if why := sms_rules.protection(resource.props, is_protected=resource.opts.protect):
            report(why, resource.urn)


PolicyPack(
    name="sms-signatures",
    enforcement_level=EnforcementLevel.MANDATORY,
    policies=[
        ResourceValidationPolicy(
            name="keeps-approved-signatures",
            description="A signature's deletion_policy is retain.",
            validate=keeps,
        ),
        ResourceValidationPolicy(
            name="names-that-carriers-file",
            description="A signature's name is a company's or a trademark.",
            validate=is_filed,
        ),
        StackValidationPolicy(
            name="protects-approved-signatures",
            description="An approved signature is protected.",
            validate=protects,
        ),
    ],
)
