"""What a vendor's calls do as they stand: a client that answers questions and overrides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import httpx
import pytest
from pyrate_limiter import Rate

from pulumi_smssign.contract import transport
from pulumi_smssign.contract.application import Application
from pulumi_smssign.contract.credentials import Credentials
from pulumi_smssign.contract.pages import ListPage
from pulumi_smssign.contract.vendor import Api, BaseApi, Capabilities
from pulumi_smssign.model.errors import InputError, RefusedError
from pulumi_smssign.model.review import Handle, Review
from pulumi_smssign.model.vocabulary import Status


class Form(Application):
    text_field = "sign"

    sign: str


def review(name: str, text: str) -> Review:
    return Review(name, text, Status.APPROVED, "good")


class Plain(Api[Form]):
    """A vendor with these signatures, and without a list or with one."""

    vendor = "acme"

    def __init__(self, *reviews: Review, lists: bool = False) -> None:
        self._reviews = {each.id: each for each in reviews}
        self._lists = lists

    @property
    def writes(self) -> int:
        return 0

    def submit(self, application: Form, token: str = "") -> Review:
        raise NotImplementedError

    def resubmit(self, handle: Handle, application: Form) -> None:
        raise NotImplementedError

    def reviews(self, handles: Sequence[Handle]) -> Mapping[Handle, Review]:
        return {each: self._reviews[each.id] for each in handles if each.id in self._reviews}

    def catalogue(self, scope: str) -> Iterator[ListPage] | None:
        if not self._lists:
            return super().catalogue(scope)
        return (ListPage([each], is_last=False) for each in self._reviews.values())


ONE, OTHER = review("1", "云杉示例"), review("2", "云杉")
HERE, GONE = Handle("1", "云杉示例", ""), Handle("9", "云杉", "")


def test_capabilities_are_those_of_most_vendors() -> None:
    assert Capabilities() == Capabilities(
        batches=True,
        lists_all=True,
        searches=True,
        lists_apart=False,
        finds=True,
        takes_token=False,
    )
    assert Plain().capabilities == Capabilities()
    assert Plain().key_proofs == frozenset()


@pytest.mark.parametrize(("text", "named"), [("云杉", "云杉"), ("", "9")])
def test_a_vendor_without_a_deletion_says_what_stays(text: str, named: str) -> None:
    with pytest.raises(RefusedError) as caught:
        Plain().withdraw(Handle("9", text, ""))
    assert caught.value.summary == (
        f"acme can't delete signatures: 【{named}】 stays in the account"
    )
    assert caught.value.vendor == "acme"
    assert caught.value.advice == "ask the vendor's support to remove it."


def test_a_vendor_without_a_list_is_not_listed() -> None:
    api = Plain(ONE)
    assert api.catalogue("") is None
    assert api.find(Form(sign="云杉")) == []
    with pytest.raises(InputError) as caught:
        api.listed("云杉")
    assert caught.value.summary == "acme has no list of an account's signatures"
    assert caught.value.vendor == "acme"
    assert caught.value.advice == "look in the vendor's console."


def test_a_list_is_searched_for_a_part_and_a_signature_is_found_by_its_whole_text() -> None:
    api = Plain(ONE, OTHER, lists=True)
    assert api.listed() == [ONE, OTHER]
    assert api.listed("示例") == [ONE]
    assert api.listed("云杉") == [ONE, OTHER]
    assert api.listed("松") == []
    assert api.find(Form(sign="云杉")) == [OTHER]
    assert api.find(Form(sign="示例")) == []
    assert api.bears(ONE, Form(sign="云杉示例")) is True
    assert api.bears(ONE, Form(sign="云杉")) is False


def test_verdicts_and_details_are_reviews() -> None:
    api = Plain(ONE)
    assert api.verdicts([HERE, GONE]) == {HERE: ONE}
    assert api.details(HERE) == ONE
    assert api.details(GONE) is None
    assert (api.identity(HERE), api.full_scope("a scope")) == ("1", "a scope")
    assert api.is_unmoved(ONE, {}) is False


def test_a_request_that_the_vendor_does_not_know_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        Plain().request("activate", HERE)
    assert caught.value.summary == "acme knows no request 'activate' for 1"


class Keys(Credentials):
    vendor = "acme"
    names_account = ("endpoint",)

    endpoint: str = "https://sms.acme.example"


class Signed(httpx.Auth):
    """A way to sign."""


class Client(BaseApi[Form, Keys], Plain):
    """A client over HTTP."""

    limits = {"Act": Rate(1, 1000)}  # noqa: RUF012 - as the vendors write it
    own = Signed()

    def _auth(self) -> httpx.Auth:
        return self.own


@pytest.mark.parametrize("given", [None, Signed()], ids=["its own", "given"])
def test_a_client_has_its_accounts_endpoint_signature_and_limits(
    given: httpx.Auth | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[tuple[object, ...]] = []

    class Recording(transport.Transport):
        def __init__(self, *places: str, **settings: object) -> None:
            made.append((*places, settings))
            super().__init__(*places)

    monkeypatch.setattr(transport, "Transport", Recording)
    keys = Keys()
    client = Client(keys, given)
    settings = {"auth": given or Client.own, "limits": Client.limits, "account": keys.fingerprint}
    assert made == [("acme", keys.endpoint, settings)]
    assert (client.vendor, client.writes) == ("acme", 0)
    client._transport.writes = 2
    assert client.writes == 2
    client.close()
