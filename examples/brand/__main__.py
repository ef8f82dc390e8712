"""One brand at five vendors, its facts told once."""

from __future__ import annotations

import pulumi

from pulumi_smssign import Brand, huawei

brand = Brand(
    "spruce",
    vendors=["alibaba", "huawei", "tencent", "ucloud", "yunpian"],
    facts={
        "text": "云杉示例",
        "name_of": "company",
        "owner": "云杉示例有限公司",
        "licence": "evidence/licence.png",
        "purpose": "login codes and order notices",
        "website": "https://spruce.example",
    },
    alibaba={"qualification_id": 2000417},
    huawei={
        "app_id": "5d0c7a10-0001-4c6e-8f00-aaaaaaaaaaaa",
        "signature_type": huawei.SignatureType.NOTIFY_TYPE,
        "qualification_id": "Q-0417",
    },
    tencent={"qualification_id": 2000417},
    approval={"timeout": "10s", "poll_interval": "1s", "on_pending": "await"},
)
pulumi.export("ids", {vendor: one.id for vendor, one in brand.signatures.items()})
