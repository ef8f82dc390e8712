"""What was only recorded, by an adoption with wrong values, is corrected, and nothing is sent."""

from __future__ import annotations

import pytest

from pulumi_smssign import TODO
from tests.engine.scene import Scene


@pytest.mark.parametrize("policy", ["retain", "delete"])
def test_adopted_signature_is_recorded_when_all_is_written_and_corrected_while_adopt_stands(
    tencent: Scene, policy: str
) -> None:
    tencent.project.policy("retain")
    made = tencent.approved()
    tencent.project.drop("brand")
    tencent.project.apply()
    tencent.sandbox.log.clear()

    tencent.declare()
    tencent.project.edit("brand", adopt=made.id, deletion_policy=policy, sign_type=TODO)
    refused = tencent.project.preview()
    assert not refused.succeeded
    assert "sign_type: is still TODO: write what was submitted" in refused.output
    assert tencent.sandbox.calls() == []
    tencent.project.edit("brand", sign_type=1)
    tencent.project.apply()

    tencent.project.edit("brand", sign_type=0)
    told = tencent.project.preview().diagnostics("brand")
    assert "sign_type is only corrected in the record, nothing is sent" in told
    tencent.project.apply()
    assert tencent.project.outputs_of("brand")["sign_type"] == 0
    assert (tencent.writes(), tencent.only()) == ([], made)
    assert not tencent.project.up().plans("update", "brand")
