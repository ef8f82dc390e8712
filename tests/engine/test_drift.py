"""What the vendor has by now: attached in a console, submitted by a run that was cut, or gone."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox.review import Status
from tests.engine.cases import HUAWEI, TENCENT, UCLOUD
from tests.engine.scene import OLD, Scene
from tests.images import png

ATTACHED: dict[str, tuple[str, JsonValue]] = {
    "tencent": ("QualificationId", 2000418),
    "huawei": ("qualification_id", "Q-77"),
}
