"""UCloud's own signatures: ids of a day, updates that keep, queries by a text."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png
from tests.sandbox.caller import TEXT
from tests.sandbox.ucloud.caller import PROOF, QUERY, UCloud

OTHER_PROOF = "image/jpeg;base64," + base64.b64encode(jpeg()).decode()
URL = "https://files.example.com/proof.png"


def test_an_id_has_the_day_of_its_submission_and_a_number(ucloud: UCloud) -> None:
    ucloud.clock.advance(1_700_000_000 - ucloud.clock.now())
    ids = [ucloud.submit(SigContent=text) for text in ("甲乙", "丙丁")]

    assert {each[:11] for each in ids} == {"SIG20231114"}
    assert int(ids[1][11:], 16) == int(ids[0][11:], 16) + 1 > 0xA00000


@pytest.mark.parametrize(
    ("changes", "content"),
    [
        ({"File": OTHER_PROOF}, jpeg()),
        ({"Document": URL}, png()),
        ({}, png()),
        ({"File": OTHER_PROOF, "Document": URL}, jpeg()),
    ],
)
def test_an_update_keeps_the_file_that_it_does_not_name(
    ucloud: UCloud, sandbox: Sandbox, changes: dict[str, JsonValue], content: bytes
) -> None:
    signature_id = ucloud.submit()

    assert ucloud.change(signature_id, SigType=4, CertificateType=4, **changes) == ""
    signature = sandbox.signature("ucloud", signature_id)
    assert signature.evidence == {"File": Evidence.of(content)}
    assert signature.fields["CertificateType"] == 4


@pytest.mark.usefixtures("screened")
def test_a_document_is_proof_enough(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.submit(File=None)
    statuses = []
    for changes in ({}, {"Document": URL}):
        assert ucloud.change(signature_id, **changes) == ""
        statuses.append(sandbox.signature("ucloud", signature_id).status)

    assert statuses == [Status.REJECTED, Status.PENDING]


@pytest.mark.parametrize("letter", [{"ProxyFile": PROOF}, {"ProxyDoc": URL}])
def test_a_signature_for_others_is_updated_with_its_letter(
    ucloud: UCloud, letter: dict[str, JsonValue]
) -> None:
    signature_id = ucloud.submit(SigPurpose=1, ProxyFile=PROOF)

    assert ucloud.change(signature_id, SigPurpose=1) == "18001"
    assert ucloud.change(signature_id, SigPurpose=1, **letter) == ""


# Queries


def test_a_query_is_by_id_or_by_the_exact_text_of_the_newest(ucloud: UCloud) -> None:
    first, other = ucloud.submit(), ucloud.submit(SigContent="丙丁")
    newest = ucloud.submit(International=True)

    assert ucloud.query(SigContent=TEXT)["SigId"] == newest
    assert ucloud.query(SigId=first, SigContent="丙丁")["SigId"] == first
    assert ucloud.query(SigContent="丙丁") == ucloud.query(SigId=other)
    for text in ("极客", "【极客科技】"):
        assert ucloud.code(QUERY, SigContent=text) == "18016"
    assert [ucloud.code(QUERY, SigId="", SigContent=""), ucloud.code(QUERY)] == ["18001"] * 2


@pytest.mark.parametrize(
    ("setting", "rest"), [("empty", {"Data": {}}), ("null", {"Data": None}), ("missing", {})]
)
def test_an_absent_signature_may_be_a_success(ucloud: UCloud, setting: str, rest: Document) -> None:
    ucloud.sandbox.switches.set({"ucloud.query_not_found": setting})

    head = {"RetCode": 0, "Action": "QueryUSMSSignatureResponse", "Message": ""}
    assert ucloud.call(QUERY, SigId="SIG1") == {**head, **rest}


def test_several_are_deleted_together_or_not_at_all(ucloud: UCloud, sandbox: Sandbox) -> None:
    ids: list[JsonValue] = [ucloud.submit(SigContent=text) for text in ("甲乙", "丙丁", "戊己")]
    sandbox.set_status("ucloud", str(ids[1]), "1")
    code = ucloud.code("DeleteUSMSSignature", SigIds=ids)
    count = len(sandbox.signatures("ucloud"))
    answer = ucloud.call("DeleteUSMSSignature", SigIds=[ids[0], ids[2], ids[0]])

    assert (code, count) == ("18003", 3)
    assert answer == {"RetCode": 0, "Action": "DeleteUSMSSignatureResponse", "Message": ""}
    assert [each.id for each in sandbox.signatures("ucloud")] == [ids[1]]
