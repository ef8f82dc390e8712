"""Files that are handed in, and the apps."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from pulumi_smssign.sandbox import ManualClock, Sandbox
from pulumi_smssign.sandbox.huawei.multipart import parts_of
from tests.images import jpeg, png
from tests.sandbox.huawei.caller import APP, SERVICE, UPLOADS, Huawei, code_of

GIF = b"GIF89a" + b"\0" * 20


@pytest.mark.parametrize("content", [png(), jpeg(), GIF, png() + b"\r\n--Bee\r\n"])
def test_a_file_is_taken_byte_by_byte(huawei: Huawei, sandbox: Sandbox, content: bytes) -> None:
    file_id = huawei.upload(content).json()["file_id"]
    number = huawei.submit(file_id=file_id)

    evidence = sandbox.signature("huawei", number).evidence["file_id"]
    assert evidence.sha256 == hashlib.sha256(content).hexdigest()
    assert huawei.document("GET", f"{UPLOADS}?file_id={file_id}")["file_size"] == len(content)


@pytest.mark.parametrize(
    ("disposition", "code", "name"),
    [
        ('form-data; name="file"; filename="a.png"', "", "a.png"),
        ('form-data; filename="a.png"; name="file"', "", "a.png"),
        ("form-data; name=\"file\"; filename*=utf-8''%E5%9B%BE.png", "", "图.png"),
        ('form-data; name="file"; filename="图.png"', "", "图.png"),
        ('form-data; name="file"; filename="a"', "", "a"),
        ('form-data; name="file"; filename=""', "MSGSMS.0132", ""),
        ('form-data; name="file"', "MSGSMS.0132", ""),
        ('form-data; name="file"; filename="dir/a.png"', "MSGSMS.0133", ""),
        ('form-data; name="licence"; filename="a.png"', "MSGSMS.0002", ""),
        ('form-data; filename="a.png"', "MSGSMS.0002", ""),
        ("form-data; name=\"file\"; filename*=utf-8''%ED%A0%80.png", "MSGSMS.0002", ""),
    ],
)
def test_a_part_has_a_name_and_a_file_name(
    huawei: Huawei, disposition: str, code: str, name: str
) -> None:
    document = huawei.upload(png(), head=f"Content-Disposition: {disposition}").json()

    assert document.get("error_code", "") == code
    assert document.get("file_name", "") == name


def test_a_name_with_an_illegal_character_is_refused(huawei: Huawei) -> None:
    for character in "#'$%&*/|<>{}[];":
        assert code_of(huawei.upload(png(), f"a{character}.png")) == "MSGSMS.0133"


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--B\r\n"),
        ("multipart/form-data; boundary=B", b""),
        ("multipart/form-data; boundary=B", b"--B\r\nContent-Type: x\r\n\r\nno end"),
        ("multipart/form-data; boundary=B", b"--B\r\nno headers\r\n--B--\r\n"),
        ("application/json", b"{}"),
    ],
)
def test_a_form_that_is_none_is_refused(huawei: Huawei, content_type: str, body: bytes) -> None:
    answer = huawei.send("POST", UPLOADS, body, content_type=content_type)

    assert code_of(answer) == "MSGSMS.0002"


def test_a_form_may_have_other_parts_and_a_quoted_boundary() -> None:
    body = (
        b"preamble\r\n--a b\r\nContent-Disposition: form-data; name=x\r\n"
        b'Content-Disposition: form-data; name="x"\r\n\r\n1\r\n--a b--\r\nepilogue'
    )
    with pytest.raises(ValueError, match="a part without headers"):
        parts_of('multipart/form-data; boundary="a b"', body.replace(b"\r\n\r\n", b"\r\n"))
    with pytest.raises(ValueError, match="a part without a name"):
        parts_of('multipart/form-data; boundary="a b"', body)
    (part,) = parts_of(
        'multipart/form-data; boundary="a b"', body.replace(b"name=x\r\n", b'name="y"\r\n')
    )

    assert (part.name, part.file_name, part.content) == ("y", None, b"1")


@pytest.mark.parametrize(("length", "taken"), [(0, False), (1, True), (64, True), (65, False)])
def test_a_description_has_1_to_64_characters(huawei: Huawei, length: int, taken: bool) -> None:
    body = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    answer = huawei.send(
        "POST",
        f"{UPLOADS}?file_desc={'x' * length}",
        body + png() + b"\r\n--B--\r\n",
        content_type="multipart/form-data; boundary=B",
    )

    assert answer.is_success is taken


def test_the_size_of_a_file_is_a_switch(huawei: Huawei, sandbox: Sandbox) -> None:
    sandbox.switches.set({"huawei.file_limit": len(png())})

    assert huawei.upload(png()).is_success
    assert huawei.upload(png(padding=1)).json()["error_detail"] == "file size"
    assert huawei.upload(b"x" * 50, "a.txt").json()["error_detail"] == "file type"
    assert huawei.upload(b"x").json()["error_detail"] == "file type"
    assert huawei.upload(b"").json()["error_detail"] == "file size"


def test_a_file_is_shown_with_how_many_signatures_name_it(
    huawei: Huawei, clock: ManualClock
) -> None:
    clock.advance(1_800_000_000 - clock.now())
    uploaded = huawei.upload(png()).json()
    file_id = uploaded["file_id"]
    signature_id = huawei.submit(file_id=file_id)
    huawei.submit(signature_name="别的名字", power_attorney_fileid=file_id)

    assert uploaded == {
        "file_id": file_id,
        "file_name": "licence.png",
        "file_size": len(png()),
        "file_ref": 0,
        "file_type": 1,
        "module_type": 2,
        "operator": huawei.show(signature_id)["customer_id"],
        "update_time": "2027-01-15 08:00:00",
    }
    assert huawei.document("GET", f"{UPLOADS}?file_id={file_id}") == {**uploaded, "file_ref": 2}


def test_a_file_is_its_accounts_own_and_another_each_time(huawei: Huawei, sandbox: Sandbox) -> None:
    file_id, other_id = (huawei.upload(png()).json()["file_id"] for _ in range(2))
    foreign = huawei.of("marketing").code("GET", f"{UPLOADS}?file_id={file_id}")
    own = huawei.code("GET", f"{UPLOADS}?file_id={file_id}")
    sandbox.reset()

    assert file_id != other_id
    assert (own, foreign) == ("", "MSGSMS.0011")
    assert huawei.refused(file_id=file_id) == "MSGSMS.0011"
    assert huawei.code("GET", UPLOADS) == "MSGSMS.0002"


def test_files_are_remembered_over_a_restart_without_their_content(
    huawei: Huawei, clock: ManualClock, tmp_path: Path
) -> None:
    state = tmp_path / "state.json"
    content = png(padding=100)
    file_id = huawei.upload(content).json()["file_id"]
    earlier = Sandbox(clock=clock, state=state)
    earlier.desk.restore(huawei.served.sandbox.desk.state())
    earlier.review_policy = "manual"

    later = Sandbox(clock=clock, state=state).desk.upload("huawei", file_id)
    assert later == huawei.served.sandbox.desk.upload("huawei", file_id)
    assert b"xxxxxxxx" not in state.read_bytes()


# Apps


def test_apps_are_listed_by_pages_with_those_in_use(huawei: Huawei) -> None:
    huawei.submit(app_id="my-app")
    huawei.submit(app_id="my-app", signature_name="别的名字")

    def ids(query: str = "") -> list[str]:
        results = huawei.document("GET", f"{SERVICE}/apps?{query}")["results"]
        assert isinstance(results, list)
        return [str(each["id"]) for each in results if isinstance(each, dict)]

    assert ids() == ["my-app", APP]
    assert ids("sort_dir=asc") == [APP, "my-app"]
    assert ids("limit=1&offset=1") == [APP]
    assert ids("app_name=sandbox") == [APP]
    assert ids("status=SUSPENDED") == []
    assert huawei.document("GET", f"{SERVICE}/apps?limit=1")["total"] == 2


def test_a_signature_names_the_app_that_is_shown(huawei: Huawei) -> None:
    item = huawei.show(huawei.submit(app_id="my-app"))
    app = huawei.document("GET", f"{SERVICE}/apps/my-app")

    assert (item["app_name"], item["app_key"]) == (app["app_name"], app["app_key"])
    assert "app_id" not in item
    assert app == {
        "id": "my-app",
        "app_name": item["app_name"],
        "app_key": item["app_key"],
        "status": "LAUNCHED",
        "region": "cn",
        "customer_id": item["customer_id"],
        "enterprise_project_id": "0",
        "enterprise_project_name": "default",
        **dict.fromkeys(("create_time", "update_time"), "2025-01-01 00:00:00"),
    }
    assert huawei.document("GET", f"{SERVICE}/apps/x")["id"] == "x"


@pytest.mark.parametrize("app_id", ["404", "app-404", "x" * 65])
def test_an_app_that_is_not_there_is_not_shown(huawei: Huawei, app_id: str) -> None:
    assert huawei.code("GET", f"{SERVICE}/apps/{app_id}") == "MSGSMS.0014"
