from __future__ import annotations

from pulumi_smssign.errors import BugError, RefusedError
from pulumi_smssign.redaction import hide, keep_secret, quote


def test_a_confidential_value_is_hidden_wherever_it_comes_back() -> None:
    keep_secret(["AKIDinvented0001"])
    assert hide("no such key AKIDinvented0001!") == "no such key [secret]!"


def test_a_longer_value_is_hidden_before_a_shorter_one_within_it() -> None:
    keep_secret(["invented", "invented-and-longer"])
    assert hide("invented-and-longer") == "[secret]"


def test_a_short_chinese_name_is_hidden_too() -> None:
    keep_secret(["赵钱"])
    assert hide("参数 id_card_name 格式不正确: 赵钱") == "参数 id_card_name 格式不正确: [secret]"


def test_encoded_files_in_a_vendors_words_are_cut_out() -> None:
    assert quote(f"cannot decode {'iVBORw0KGgo' * 20}==.") == "cannot decode [encoded data]."


def test_a_vendors_words_have_an_end() -> None:
    assert len(quote("word " * 1000)) < 610


def test_an_error_shows_its_facts_each_on_a_line() -> None:
    error = RefusedError(
        "tencent refused it",
        vendor="tencent",
        action="AddSmsSign",
        code="FailedOperation.OtherError",
        words="bad AKIDinvented0001",
        request_id="r-1",
        advice="do something else.",
    )
    keep_secret(["AKIDinvented0001"])
    error.resource = "brand"
    assert str(error) == (
        "tencent refused it\n"
        "  resource: brand\n"
        "  action: AddSmsSign\n"
        "  code: FailedOperation.OtherError\n"
        "  tencent says: bad [secret]\n"
        "  request id: r-1\n"
        "  what to do: do something else."
    )


def test_a_bug_shows_where_it_is_and_no_secret() -> None:
    keep_secret(["invented-key-000"])
    try:
        raise KeyError("invented-key-000")
    except KeyError as error:
        text = str(BugError.of(error))
    assert "KeyError" in text
    assert "test_redaction.py" in text
    assert "invented-key-000" not in text
    assert "report" in text
