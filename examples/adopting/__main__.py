"""A signature that somebody made in the console is managed from now on."""

from __future__ import annotations

import pulumi

from pulumi_smssign import yunpian

club = yunpian.Signature(
    "club",
    sign="云杉示例",
    website="https://spruce.example/club",
    adopt="云杉示例",  # its id; Yunpian knows a signature by its text
)
pulumi.export("status", club.status)
