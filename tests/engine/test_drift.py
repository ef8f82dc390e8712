"""What the vendor has by now: attached in a console, submitted by a run that was cut, or gone."""

from __future__ import annotations

from pydantic import JsonValue

ATTACHED: dict[str, tuple[str, JsonValue]] = {
    "tencent": ("QualificationId", 2000418),
    "huawei": ("qualification_id", "Q-77"),
}
