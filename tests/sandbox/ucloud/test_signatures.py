"""What UCloud's side does with signatures in every status, and under every switch."""

from __future__ import annotations

import base64

import pytest
from pydantic import JsonValue

from pulumi_smssign.sandbox import Sandbox, Status
from pulumi_smssign.sandbox.evidence import Evidence
from pulumi_smssign.sandbox.http_messages import Document
from tests.images import jpeg, png
from tests.sandbox.ucloud.conftest import DELETE, PROOF, QUERY, UPDATE, UCloud, change

OTHER_PROOF = "image/jpeg;base64," + base64.b64encode(jpeg()).decode()
URL = "https://files.example.com/proof.png"


def there(sandbox: Sandbox) -> list[str]:
    return [signature.id for signature in sandbox.signatures("ucloud")]


# Statuses


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("0", Status.PENDING),
        ("1", Status.PENDING),
        ("2", Status.APPROVED),
        ("3", Status.REJECTED),
        ("4", Status.OTHER),
        ("9", Status.OTHER),
    ],
)
def test_every_status_can_be_set_and_is_shown(
    ucloud: UCloud, sandbox: Sandbox, raw: str, status: Status
) -> None:
    signature_id = ucloud.create()
    view = sandbox.set_status("ucloud", signature_id, raw, "words")
    shown = ucloud.query(SigId=signature_id)

    assert (view.status, view.vendor_status) == (status, raw)
    assert (shown["Status"], shown["ErrDesc"]) == (int(raw), "words")


def test_a_status_that_is_no_integer_can_not_be_set(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()

    with pytest.raises(ValueError, match="a status of UCloud is an integer"):
        sandbox.set_status("ucloud", signature_id, "approved")


def test_verdicts_are_shown(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    sandbox.reject("ucloud", signature_id, "资质不清晰")
    rejected = ucloud.query(SigId=signature_id)
    sandbox.approve("ucloud", signature_id)
    approved = ucloud.query(SigId=signature_id)

    assert (rejected["Status"], rejected["ErrDesc"]) == (3, "资质不清晰")
    assert (approved["Status"], approved["ErrDesc"]) == (2, "")


# Update


def test_an_update_is_reviewed_again_under_the_same_id(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    sandbox.reject("ucloud", signature_id, "blurred")
    answer = ucloud.update(signature_id, File=OTHER_PROOF)
    shown = ucloud.query(SigId=signature_id)

    assert answer == {"RetCode": 0, "Action": "UpdateUSMSSignatureResponse", "Message": ""}
    assert shown == {"SigId": signature_id, "SigContent": "极客网络", "Status": 0, "ErrDesc": ""}
    assert sandbox.signature("ucloud", signature_id).submissions == 2
    assert sandbox.signature("ucloud", signature_id).evidence == {"File": Evidence.of(jpeg())}


def test_an_update_keeps_what_it_can_not_name(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(International=True, QualificationId="Q-7", SceneDesc="logins")
    ucloud.update(
        signature_id,
        SigType=5,
        International=False,
        QualificationId="Q-8",
        Description="other",
    )

    fields = sandbox.signature("ucloud", signature_id).fields
    assert fields == {
        "ProjectId": "org-sandbox",
        "SigType": 5,
        "SigPurpose": 0,
        "CertificateType": 5,
        "International": True,
        "Description": "login codes",
        "QualificationId": "Q-7",
        "SceneDesc": "logins",
    }


def test_an_update_sets_what_it_names(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(SceneDesc="logins")
    ucloud.update(signature_id, SigType=4, CertificateType=4, SceneDesc="orders")

    fields = sandbox.signature("ucloud", signature_id).fields
    assert (fields["CertificateType"], fields["SceneDesc"]) == (4, "orders")


@pytest.mark.parametrize("name", ["SigId", "SigContent", "SigType", "SigPurpose"])
def test_an_update_misses_its_required_parameters(ucloud: UCloud, name: str) -> None:
    assert ucloud.not_updated(ucloud.create(), **{name: None}) == 18001


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"SigType": 6}, 18003),
        ({"CertificateType": 6}, 18003),
        ({"CertificateType": 4}, 18003),
        ({"SigPurpose": 1}, 18001),
        ({"SigPurpose": 2}, 18003),
        ({"File": "!"}, 18002),
    ],
)
def test_an_update_is_checked_like_an_application(
    ucloud: UCloud, changes: dict[str, JsonValue], code: int
) -> None:
    assert ucloud.not_updated(ucloud.create(), **changes) == code


@pytest.mark.parametrize("status", range(5))
@pytest.mark.parametrize(("setting", "taken_in"), [(None, {0, 1, 3}), ("0,3", {0, 3}), ("3", {3})])
def test_in_which_statuses_an_update_is_taken(
    ucloud: UCloud, sandbox: Sandbox, status: int, setting: str | None, taken_in: set[int]
) -> None:
    sandbox.switches.set({"ucloud.update_statuses": setting})
    signature_id = ucloud.create()
    sandbox.set_status("ucloud", signature_id, str(status))

    if status in taken_in:
        assert ucloud.update(signature_id)
    else:
        assert ucloud.not_updated(signature_id) == 18003


def test_a_wrong_state_may_have_another_code(ucloud: UCloud, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.wrong_state_code": 18088})
    signature_id = ucloud.create()
    sandbox.approve("ucloud", signature_id)

    assert ucloud.not_updated(signature_id) == 18088


def test_an_update_can_not_take_anothers_text(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    ucloud.create(SigContent="别的")

    assert ucloud.not_updated(signature_id, SigContent="别的") == 18003
    assert ucloud.update(signature_id, SigContent="极客科技")
    sandbox.switches.set({"ucloud.duplicates": "accepted"})
    assert ucloud.update(signature_id, SigContent="别的")


def test_what_is_not_there_is_not_updated(ucloud: UCloud, sandbox: Sandbox) -> None:
    assert ucloud.not_updated("SIG20260101AAAAAA") == 18016
    sandbox.switches.set({"ucloud.not_found_code": 18003})
    assert ucloud.not_updated("SIG20260101AAAAAA") == 18003


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ({"File": OTHER_PROOF}, jpeg()),
        ({"Document": URL}, png()),
        ({}, png()),
        ({"File": OTHER_PROOF, "Document": URL}, jpeg()),
    ],
)
def test_an_unchanged_document_stays(
    ucloud: UCloud, sandbox: Sandbox, sent: dict[str, JsonValue], stored: bytes
) -> None:
    signature_id = ucloud.create()
    ucloud.update(signature_id, **sent)

    evidence = sandbox.signature("ucloud", signature_id).evidence
    assert evidence == {"File": Evidence.of(stored)}


@pytest.mark.usefixtures("screened")
def test_a_document_is_proof_enough(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create(File=None)
    without = ucloud.update(signature_id)
    rejected = sandbox.signature("ucloud", signature_id).status
    ucloud.update(signature_id, Document=URL)

    assert without["RetCode"] == 0
    assert rejected is Status.REJECTED
    assert sandbox.signature("ucloud", signature_id).status is Status.PENDING


@pytest.mark.parametrize("letter", [{"ProxyFile": PROOF}, {"ProxyDoc": URL}])
def test_a_signature_for_others_is_updated_with_its_letter(
    ucloud: UCloud, letter: dict[str, JsonValue]
) -> None:
    signature_id = ucloud.create(SigPurpose=1, ProxyFile=PROOF)

    assert ucloud.not_updated(signature_id, SigPurpose=1) == 18001
    assert ucloud.update(signature_id, SigPurpose=1, **letter)


def test_a_refused_update_changes_nothing(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    before = sandbox.signature("ucloud", signature_id)
    ucloud.not_updated(signature_id, SigPurpose=1)

    assert sandbox.signature("ucloud", signature_id) == before


# Query


def test_a_query_is_by_id_or_by_the_exact_text(ucloud: UCloud) -> None:
    signature_id = ucloud.create()

    assert ucloud.query(SigId=signature_id) == ucloud.query(SigContent="极客科技")
    assert ucloud.code(QUERY, SigContent="极客") == 18016
    assert ucloud.code(QUERY, SigContent="【极客科技】") == 18016


@pytest.mark.parametrize("fields", [{}, {"SigId": "", "SigContent": ""}])
def test_a_query_by_nothing_is_refused(ucloud: UCloud, fields: dict[str, JsonValue]) -> None:
    assert ucloud.code(QUERY, **fields) == 18001


@pytest.mark.parametrize(
    ("setting", "rest"), [("empty", {"Data": {}}), ("null", {"Data": None}), ("missing", {})]
)
def test_nothing_found_may_be_a_success(
    ucloud: UCloud, sandbox: Sandbox, setting: str, rest: Document
) -> None:
    sandbox.switches.set({"ucloud.query_not_found": setting})

    assert ucloud.call(QUERY, SigId="SIG1") == {
        "RetCode": 0,
        "Action": "QueryUSMSSignatureResponse",
        "Message": "",
        **rest,
    }


def test_nothing_found_may_have_another_code(ucloud: UCloud, sandbox: Sandbox) -> None:
    sandbox.switches.set({"ucloud.not_found_code": 18003})

    assert ucloud.code(QUERY, SigContent="极客科技") == 18003


def test_an_id_counts_before_a_text(ucloud: UCloud) -> None:
    ids = [ucloud.create(SigContent="甲乙"), ucloud.create(SigContent="丙丁")]

    assert ucloud.query(SigId=ids[0], SigContent="丙丁")["SigId"] == ids[0]


def test_the_newest_of_several_is_shown(ucloud: UCloud) -> None:
    ids = [ucloud.create(), ucloud.create(International=True)]

    assert ucloud.query(SigContent="极客科技")["SigId"] == ids[1]


# Delete


def test_several_are_deleted_by_one_call(ucloud: UCloud, sandbox: Sandbox) -> None:
    ids: list[JsonValue] = [ucloud.create(SigContent=text) for text in ("甲乙", "丙丁", "戊己")]
    answer = ucloud.call(DELETE, SigIds=[*ids[:2], ids[0]])

    assert answer == {"RetCode": 0, "Action": "DeleteUSMSSignatureResponse", "Message": ""}
    assert there(sandbox) == ids[2:]


@pytest.mark.parametrize("status", range(5))
def test_a_signature_under_audit_is_not_deleted(
    ucloud: UCloud, sandbox: Sandbox, status: int
) -> None:
    signature_id = ucloud.create()
    sandbox.set_status("ucloud", signature_id, str(status))

    if status == 1:
        assert ucloud.code(DELETE, SigIds=[signature_id]) == 18003
    else:
        ucloud.call(DELETE, SigIds=[signature_id])
    assert there(sandbox) == ([signature_id] if status == 1 else [])


def test_several_are_deleted_together_or_not_at_all(ucloud: UCloud, sandbox: Sandbox) -> None:
    ids: list[JsonValue] = [ucloud.create(SigContent=text) for text in ("甲乙", "丙丁", "戊己")]
    sandbox.set_status("ucloud", str(ids[1]), "1")

    assert ucloud.code(DELETE, SigIds=[*ids, "SIG1"]) == 18003
    assert len(there(sandbox)) == 3


def test_what_is_not_there_is_not_deleted(ucloud: UCloud) -> None:
    signature_id = ucloud.create()
    ucloud.call(DELETE, SigIds=[signature_id])

    assert ucloud.code(DELETE, SigIds=[signature_id]) == 18016


def test_a_deletion_of_nothing_is_refused(ucloud: UCloud) -> None:
    assert ucloud.code(DELETE) == 18001
    assert ucloud.code(DELETE, **{"SigIds.0": ""}) == 18001


def test_a_deletion_without_indexes_names_nothing(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()

    assert ucloud.code(DELETE, SigIds=signature_id) == 18002
    assert there(sandbox) == [signature_id]


def test_drift_and_vanishing_are_seen_by_a_query(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    sandbox.change("ucloud", signature_id, text="改了")
    changed = ucloud.query(SigId=signature_id)["SigContent"]
    sandbox.remove("ucloud", signature_id)

    assert changed == "改了"
    assert ucloud.code(QUERY, SigId=signature_id) == 18016


def test_a_verdict_may_come_just_before_an_update(ucloud: UCloud, sandbox: Sandbox) -> None:
    signature_id = ucloud.create()
    sandbox.faults.add(
        vendor="ucloud", action=UPDATE, kind="verdict", verdict="approve", id=signature_id
    )

    assert ucloud.code(UPDATE, **change(signature_id)) == 18003
