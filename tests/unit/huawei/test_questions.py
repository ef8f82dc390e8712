"""Questions: a signature by its id, and those of a name and type; what is absent, what is odd."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pulumi_smssign import huawei
from pulumi_smssign.model.errors import (
    InputError,
    NotFoundError,
    RefusedError,
    SmsSignError,
    UnavailableError,
)
from pulumi_smssign.model.review import Handle
from tests.huawei_applications import FIELDS, application
from tests.unit.huawei.desk import (
    ID,
    ITEM,
    ODD,
    SIGNATURES,
    Desk,
    api_at,
    credentials,
    error,
    page,
    shown,
    told,
)

HANDLE = Handle(ID)


def item(number: int, **fields: object) -> dict[str, Any]:
    return {**ITEM, "id": f"id-{number}", **fields}


def test_what_a_review_tells_are_arguments_and_outputs_that_there_are() -> None:
    review = api_at(Desk(shown())).reviews([HANDLE])[HANDLE]
    assert review.outputs.keys() == set(huawei.Signature._vendor_outputs)
    assert review.reported.keys() <= set(huawei.Signature._fields)


@pytest.mark.parametrize(
    ("region", "filing", "papers", "deliverable"),
    [
        ("cn-north-4", "none", "supplement", "no"),
        ("cn-south-1", "none", "supplement", "no"),
        ("ap-southeast-1", "unknown", "unknown", "unknown"),
        ("eu-west-101", "unknown", "unknown", "unknown"),
    ],
)
def test_what_has_passed_lacks_papers_on_the_china_site_alone(
    region: str, filing: str, papers: str, deliverable: str
) -> None:
    account = credentials(ak="AKEXAMPLE", sk="SKEXAMPLE", region=region)
    answer = shown(status="REVIEW_PASSED", qualification_id="Q-7")
    review = api_at(Desk(answer), account).reviews([HANDLE])[HANDLE]
    assert review.usable
    assert (review.filing.state, review.qualification.state) == (filing, papers)
    assert review.deliverable == deliverable
    assert review.qualification.id == "Q-7"


def test_papers_are_to_be_supplemented_where_there_are_none() -> None:
    review = api_at(Desk(shown(status="REVIEW_PASSED"))).reviews([HANDLE])[HANDLE]
    assert (review.qualification.id, review.qualification.state) == ("", "supplement")


def test_what_is_not_told_is_not_reported() -> None:
    bare = told({"id": ID, "signature_name": "极客科技", "status": "PENDING_REVIEW"})
    empty = shown(
        apply_desc="",
        qualification_id=None,
        review_desc=None,
        is_involved_third="perhaps",
        signature_type=None,
        signature_source=None,
    )
    for answer in (bare, empty):
        review = api_at(Desk(answer)).reviews([HANDLE])[HANDLE]
        assert review.reported == {"signature_name": "极客科技"}
        assert review.reason == ""
        assert review.outputs["channel_num"] == ""


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error("MSGSMS.9999", 404), RefusedError),
        (error("MSGSMS.0014", 404), InputError),
    ],
)
def test_another_404_is_an_error_and_no_absence(
    answer: httpx.Response, kind: type[SmsSignError]
) -> None:
    with pytest.raises(kind) as failed:
        api_at(Desk(answer)).reviews([HANDLE])
    assert not isinstance(failed.value, NotFoundError)


NO_ITEM: list[httpx.Response] = [
    told({}),
    told({}, 404),
    told(None, 404),
    told({"error": None}, 404),
    told({"error": {"message": "not found"}}, 404),
    told({"results": [], "total": 0}, 404),
    told({"id": ID, "signature_name": "极客科技"}),
    shown(id=None),
    shown(id=7),
    shown(status=None),
    shown(signature_source="many"),
]
NO_PAGE: list[httpx.Response] = [
    told({}),
    told({"total": 0}),
    told({"results": []}),
    told({"results": None, "total": 0}),
    told({"results": [{"id": "1"}], "total": 1}),
]


@pytest.mark.parametrize("answer", [*ODD, *NO_ITEM])
def test_an_odd_answer_to_a_question_is_no_absence(answer: httpx.Response) -> None:
    with pytest.raises(UnavailableError, match="not in the format of huawei"):
        api_at(Desk(*[answer] * 6)).reviews([HANDLE])


@pytest.mark.parametrize("answer", [*ODD, *NO_PAGE])
def test_an_odd_list_is_no_empty_list(answer: httpx.Response) -> None:
    with pytest.raises(UnavailableError, match="not in the format of huawei"):
        api_at(Desk(*[answer] * 6)).find(application())


def test_an_unreadable_answer_says_what_is_wrong_with_it() -> None:
    with pytest.raises(UnavailableError) as failed:
        api_at(Desk(*[told({"id": ID})] * 6)).reviews([HANDLE])
    assert "signature_name, status is missing" in failed.value.summary
    assert "HTTP 200" in failed.value.summary


@pytest.mark.parametrize("identifier", ["", ".", "..", "x" * 65])
def test_what_can_be_no_id_is_not_asked_for(identifier: str) -> None:
    desk = Desk()
    api = api_at(desk)
    for call in (api.withdraw, lambda handle: api.reviews([handle])):
        with pytest.raises(InputError, match="not the id"):
            call(Handle(identifier))
    assert not desk.asked


def test_an_id_never_leads_to_another_path() -> None:
    desk = Desk(error("MSGSMS.0005", 404))
    assert api_at(desk).reviews([Handle("../apps?x=1")]) == {}
    path = desk.asked[0].url.raw_path.decode()
    assert path == f"{SIGNATURES}/..%2Fapps%3Fx%3D1"


def test_what_is_listed_is_filtered_by_its_name_and_type_whatever_the_app() -> None:
    named = {"signature_name": "CloudTest"}
    desk = Desk(
        page(
            item(1, **named),
            item(2, signature_name="CLOUDTEST"),
            item(3, **named, signature_type="VERIFY_CODE_TYPE"),
            item(4, **named, signature_type=None),
            item(5, **named, app_name="another app"),
        )
    )
    found = api_at(desk).find(application({**FIELDS, **named}))
    assert [review.id for review in found] == ["id-1", "id-5"]


def test_every_page_is_turned_and_each_signature_told_once() -> None:
    desk = Desk(
        page(*map(item, range(500)), total=701),
        page(*map(item, range(499, 699)), total=701),
        page(item(699), total=701),
    )
    found = api_at(desk).find(application())
    assert [review.id for review in found] == [f"id-{number}" for number in range(700)]
    offsets = [request.url.params["offset"] for request in desk.asked]
    assert offsets == ["0", "500", "700"]


@pytest.mark.parametrize("last", [page(total=900), page(item(0), total=900)])
def test_a_list_that_brings_nothing_new_ends(last: httpx.Response) -> None:
    desk = Desk(page(item(0), total=900), last)
    assert len(api_at(desk).find(application())) == 1


@pytest.mark.parametrize(
    ("apps", "app_id"),
    [
        ([{"id": "app-2", "app_key": "k-2"}, {"id": "app-1", "app_key": "k-1"}], "app-1"),
        ([{"id": "app-1", "app_key": "k-1"}, {"id": "app-3", "app_key": "k-1"}], None),
        ([{"id": "app-2"}], None),
        ([], None),
    ],
    ids=["one has its key", "two have it", "none tells a key", "there is none"],
)
def test_the_app_of_a_signature_is_the_one_with_its_name_and_key(
    apps: list[dict[str, str]], app_id: str | None
) -> None:
    desk = Desk(shown(app_name="云杉 app", app_key="k-1"), told({"results": apps}))
    review = api_at(desk).details(HANDLE)
    assert review
    assert review.reported.get("app_id") == app_id
    assert dict(desk.asked[1].url.params) == {"app_name": "云杉 app", "limit": "500"}


def test_an_app_that_cannot_be_told_is_left_out() -> None:
    desk = Desk(shown(app_name="a", app_key="k-1"), error("SMS.0001", 403))
    review = api_at(desk).details(HANDLE)
    assert review
    assert "app_id" not in review.reported
