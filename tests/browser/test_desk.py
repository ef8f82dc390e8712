"""The reviewer's desk in a real Chromium: with a real `pulumi up`, hostile texts, keys alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from pydantic import JsonValue
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from pulumi_smssign.sandbox import RunningSandbox, Sandbox, Status, running
from pulumi_smssign.sandbox.http_messages import Document
from tests.browser.chromium import binaries, browsing
from tests.browser.desk import DeskPage
from tests.engine.cases import TENCENT, YUNPIAN
from tests.engine.project import Project
from tests.images import png

pytestmark = pytest.mark.xdist_group("browser")

if binaries() is None:
    pytest.skip("no chromium; see CONTRIBUTING", allow_module_level=True)

HOSTILE = (
    "<script>owned=1</script><img src=x onerror=owned=1>",
    "\"><svg onload='owned=1'>{{7*7}}${owned=1}",
    "abc\u202egnp.exe\u2066\u200b\ufeff",
    "\x1b[2J\x1b]0;owned\x07\x00\r\n",
    "javascript:owned=1",
    "../../approve?x=1#/calls",
    "极" * 20_000,
    "W" * 20_000,
)


def submit(
    sandbox: Sandbox, vendor: str, signature_id: str, text: str, **fields: JsonValue
) -> None:
    sandbox.desk.submit(
        vendor,
        "default",
        signature_id=signature_id,
        text=text,
        fields=Document(fields),
        evidence={"ProofImage": sandbox.desk.shelf.take(png())},
    )


def test_signatures_are_decided_while_an_up_waits_and_goes_on(
    desk: DeskPage, project: Project, sandbox: Sandbox
) -> None:
    project.write("licence.png", png())
    project.declare("brand", "tencent", TENCENT.arguments)
    project.declare("shop", "yunpian", YUNPIAN.arguments)
    project.wait(timeout="4m")
    desk.open()
    with ThreadPoolExecutor(1) as pool:
        up = pool.submit(project.up, "--skip-preview")
        desk.wait(lambda: len(desk.all(".rows a")) == 2)
        tencent, yunpian = (sandbox.signatures(each)[0] for each in ("tencent", "yunpian"))

        desk.element(f'[data-mark="tencent/{tencent.id}"]').click()
        desk.wait(lambda: desk.all(".papers img"))
        assert desk.wait(lambda: desk.script("document.images[1].naturalWidth")) == 640
        desk.button("approve").click()
        desk.wait_for("Approved", "#detail .head")
        assert not up.done()

        desk.element(f'[data-mark="yunpian/{yunpian.id}"]').click()
        desk.wait_for("Yunpian", "#detail .facts")
        desk.button("reject").click()
        reason = desk.element("#usual option:nth-child(2)").text
        desk.choose("#usual", reason)
        desk.element(".deck form .main").click()
        desk.wait_for("Rejected", "#detail .head")
        run = up.result()
    assert not run.succeeded
    assert f"is REJECTED: {reason}" in run.diagnostics("approval")

    small_change, value = YUNPIAN.small_change
    project.edit("shop", **{small_change: value})
    with ThreadPoolExecutor(1) as pool:
        up = pool.submit(project.up, "--skip-preview")
        desk.wait_for("In review", "#detail .head")
        desk.button("approve").click()
        run = up.result()
    assert run.succeeded, run.output
    assert project.outputs_of("approval")["approved"] is True


def test_hostile_texts_do_nothing(desk: DeskPage, sandbox: Sandbox) -> None:
    for n, text in enumerate(HOSTILE):
        fields: Document = {text: text, "Remark": [text, {text: text}]}
        submit(sandbox, "tencent", str(n), text, **fields)
        sandbox.reject("tencent", str(n), text)
        submit(sandbox, "yunpian", text, text)
    httpx.post(
        f"{desk._url}/?a=<script>owned=1</script>",
        headers={"X-TC-Action": HOSTILE[0]},
        trust_env=False,
    )

    desk.open()
    desk.wait(lambda: len(desk.all(".rows a")) == 2 * len(HOSTILE))
    assert not desk.is_too_wide
    for n in range(2 * len(HOSTILE)):
        desk.all(".rows a")[n].click()
        row = f"#list li:nth-child({n + 1})"
        desk.wait_for_one(f"{row} [aria-current]")
        assert desk.element("#detail .deck").is_displayed()
        assert not desk.is_too_wide
    desk.open_signature("tencent", "2")
    assert "abc\\u{202e}gnp.exe\\u{2066}\\u{200b}\\u{feff}" in desk.element("#detail h2").text
    desk.open_signature("tencent", "3")
    assert "\\u{001b}[2J" in desk.element("#detail h2").text
    desk.open("#/calls/1")
    desk.wait_for("<script>", "#detail pre")

    assert desk.script("typeof owned") == "undefined"
    assert desk.all("main script, main svg, main img[src=x]") == []


def test_a_script_that_got_onto_the_page_would_not_run_and_be_noticed(desk: DeskPage) -> None:
    desk.open()
    desk.script(
        "document.body.append("
        "Object.assign(document.createElement('script'), {textContent: 'owned = 1'}))"
    )

    assert desk.script("typeof owned") == "undefined"
    (complaint,) = desk.browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert "Content Security Policy" in complaint["message"]


def test_a_signature_with_a_hostile_id_is_decided_as_any(desk: DeskPage, sandbox: Sandbox) -> None:
    text = "a/b?c=1#d%2f<e>&\"'"
    submit(sandbox, "yunpian", text, text)
    desk.open()
    desk.wait(lambda: desk.all(".rows a"))[0].click()
    desk.wait(lambda: desk.all(".deck"))
    desk.button("approve").click()

    desk.wait_for("Approved", "#detail .head")
    assert sandbox.signature("yunpian", text).status is Status.APPROVED


def test_keys_alone_are_enough(desk: DeskPage, sandbox: Sandbox) -> None:
    submit(sandbox, "tencent", "730001", "极客科技")
    desk.open()
    desk.wait(lambda: desk.all(".rows a"))

    def tab_to(mark: str) -> None:
        for _ in range(40):
            if desk.focused.get_attribute("data-mark") == mark:
                return
            desk.press(Keys.TAB)
        pytest.fail(f"Tab leads to no {mark}")

    desk.press(Keys.TAB)
    assert desk.focused.text == "Skip to the content"
    tab_to("tencent/730001")
    desk.press(Keys.ENTER)
    desk.wait(lambda: desk.focused.tag_name == "h2")
    assert "极客科技" in desk.focused.text

    tab_to("approve")
    desk.press(Keys.ENTER)
    desk.wait_for("Approved", "#detail .head")
    assert desk.focused.get_attribute("data-mark") == "approve"
    assert "极客科技】: Approved" in desk.element("#news").get_attribute("textContent")  # type: ignore[operator]

    tab_to("reject")
    desk.press(Keys.SPACE)
    assert desk.focused.get_attribute("id") == "usual"
    desk.press(Keys.ARROW_DOWN, Keys.TAB)
    assert desk.focused.get_attribute("id") == "reason"
    desk.press("!", Keys.TAB, Keys.ENTER)
    desk.wait_for("Rejected", "#detail .head")
    assert desk.focused.get_attribute("data-mark") == "reject"
    assert sandbox.signature("tencent", "730001").reason.startswith("The business licence is")


def several(desk: DeskPage, sandbox: Sandbox) -> None:
    """Open the page of a desk with four applications in review, and an approved one."""
    for n in range(1, 4):
        submit(sandbox, "tencent", str(n), f"极客科技{n}")
    submit(sandbox, "yunpian", "云杉", "云杉")
    submit(sandbox, "huawei", "h", "云杉优选")
    sandbox.approve("huawei", "h")
    desk.open()
    desk.wait(lambda: len(desk.all(".rows a")) == 5)


def statuses(sandbox: Sandbox) -> dict[str, str]:
    return {each.id: each.status.value for each in sandbox.signatures()}


def box(desk: DeskPage, mark: str) -> WebElement:
    return desk.element(f'#list [data-mark="{mark}"]')


def test_those_whose_boxes_are_ticked_are_approved(desk: DeskPage, sandbox: Sandbox) -> None:
    several(desk, sandbox)
    assert len(desk.all(".rows [type=checkbox]")) == 4
    assert not box(desk, "approve_n").is_enabled()
    for mark in ("pick-tencent/1", "pick-tencent/3"):
        box(desk, mark).click()
        assert desk.focused.get_attribute("data-mark") == mark
    assert box(desk, "approve_n").text == "Approve 2"
    assert desk.script("document.querySelector('[data-mark=pick-all]').indeterminate")
    box(desk, "approve_n").click()

    desk.wait(lambda: len(desk.all(".rows [type=checkbox]")) == 2)
    assert [statuses(sandbox)[each] for each in ("1", "2", "3", "云杉")] == [
        *("approved", "pending", "approved", "pending"),
    ]
    assert desk.focused.get_attribute("data-mark") == "pick-all"
    assert not box(desk, "approve_n").is_enabled()

    box(desk, "pick-tencent/2").click()
    desk.choose("#by-vendor", "yunpian")
    assert box(desk, "approve_n").text == "Approve 0"
    box(desk, "pick-all").click()
    box(desk, "approve_n").click()
    desk.wait(lambda: statuses(sandbox)["云杉"] == "approved")
    assert statuses(sandbox)["2"] == "pending"


def test_a_rejection_of_several_is_asked_back_and_needs_a_reason_by_keys_alone(
    desk: DeskPage, sandbox: Sandbox
) -> None:
    several(desk, sandbox)
    box(desk, "pick-all").send_keys(Keys.SPACE)
    box(desk, "reject_n").send_keys(Keys.ENTER)
    assert desk.focused.get_attribute("id") == "several-usual"
    assert "Tencent Cloud 【极客科技1】" in desk.element("#ask-text").text
    desk.press(Keys.ESCAPE)
    assert not desk.element("#ask").is_displayed()
    assert desk.focused.get_attribute("data-mark") == "reject_n"

    desk.press(Keys.ENTER)
    desk.element("#ask-yes").send_keys(Keys.ENTER)
    assert desk.element("#ask").is_displayed()
    assert set(statuses(sandbox).values()) == {"pending", "approved"}

    desk.element("#several-reason").send_keys("营业执照不清晰")
    desk.press(Keys.TAB, Keys.ENTER)
    desk.wait(lambda: not desk.all(".rows [type=checkbox]"))
    assert sorted(statuses(sandbox).values()) == ["approved", *["rejected"] * 4]
    assert sandbox.signature("yunpian", "云杉").reason == "营业执照不清晰"
    assert desk.focused.get_attribute("id") == "main"


def test_a_verdict_on_several_that_can_not_be_given_is_told_and_given_to_none(
    desk: DeskPage, sandbox: Sandbox
) -> None:
    several(desk, sandbox)
    box(desk, "pick-all").click()
    box(desk, "reject_n").click()
    desk.element("#several-reason").send_keys("x")
    sandbox.remove("tencent", "2")
    desk.element("#ask-yes").click()

    desk.wait_for("no tencent signature with the id '2'", "#trouble")
    assert "rejected" not in statuses(sandbox).values()
    (complaint,) = desk.browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert "404" in complaint["message"]


def test_nothing_moves_when_a_box_is_ticked(desk: DeskPage, sandbox: Sandbox) -> None:
    several(desk, sandbox)

    def places() -> list[dict[str, float]]:
        marked = [desk.element("#detail"), *desk.all("#list label, #list button, .rows a")]
        return [each.rect for each in marked]

    before = places()
    box(desk, "pick-tencent/1").click()
    assert box(desk, "approve_n").text == "Approve 1"
    assert places() == before


def test_names_that_differ_at_their_ends_are_told_apart(desk: DeskPage, sandbox: Sandbox) -> None:
    for n in range(2):
        submit(sandbox, "tencent", str(n), f"{'云杉示例科技有限公司' * 3}{n}号")
    desk.open()
    desk.wait(lambda: len(desk.all(".rows a")) == 2)

    for name in desk.all(".rows .name"):
        end = desk.browser.execute_script(
            "const range = document.createRange(); const text = arguments[0].firstChild.firstChild;"
            "range.setStart(text, text.length - 1); range.setEnd(text, text.length);"
            "return range.getBoundingClientRect()",
            name,
        )
        assert end["bottom"] <= name.rect["y"] + name.rect["height"]
        assert end["right"] <= name.rect["x"] + name.rect["width"]


def test_a_code_has_its_meaning_beside_it_in_both_languages(
    desk: DeskPage, sandbox: Sandbox
) -> None:
    submit(sandbox, "tencent", "7", "极客科技", SignType=0, Remark="0", International=9)
    sandbox.set_status("tencent", "7", "2")
    desk.open_signature("tencent", "7")
    values = [each.text for each in desk.all("#detail .fields dd")]
    assert values == ["0 · company name", "0", "9"]
    assert "status 2 · approved, not in effect yet" in desk.element("#detail .facts").text
    assert "status 2 · approved, not in effect yet" in desk.element("#detail .history").text
    desk.element("#language").click()
    desk.wait_for("0 · 企业名称", "#detail .fields")

    submit(sandbox, "alibaba", "云杉", "云杉", ThirdParty=True, RegisterStatus={"mobile": 3})
    desk.open_signature("alibaba", "云杉")
    values = [each.text for each in desk.all("#detail .fields dd")]
    assert values == ["true · 他用", "中国移动: 3 · 报备完成"]


def test_approval_and_rejection_have_colours_of_their_own(desk: DeskPage, sandbox: Sandbox) -> None:
    submit(sandbox, "tencent", "7", "极客科技")
    desk.open_signature("tencent", "7")
    desk.button("reject").click()
    approval, rejection = (
        each.value_of_css_property("background-color")
        for each in (desk.button("approve"), desk.element(".deck form .main"))
    )

    assert approval != rejection
    assert rejection == "rgba(168, 32, 45, 1)"


def test_an_empty_desk_asks_nobody_to_choose(desk: DeskPage, sandbox: Sandbox) -> None:
    desk.open()
    desk.wait_for("pulumi config set smssign:sandbox", "#list")
    assert desk.element("#detail").text == ""
    submit(sandbox, "tencent", "7", "极客科技")
    desk.wait_for("Choose an application from the list.", "#detail")


def test_everything_that_is_pressed_or_filled_in_has_a_name(
    desk: DeskPage, sandbox: Sandbox
) -> None:
    submit(sandbox, "alibaba", "极客科技", "极客科技")
    desk.open_signature("alibaba", "极客科技")
    desk.button("more").click()
    desk.button("reject").click()
    for place in ("", "#/calls", "#/faults"):
        if place:
            desk.open(place)
        for each in desk.all("a, button, input, select, textarea, section, nav, .view img"):
            if each.is_displayed():
                assert each.accessible_name, each.get_attribute("outerHTML")


def test_the_page_speaks_the_browsers_language_and_the_one_that_is_chosen(
    desk: DeskPage, served: RunningSandbox, profile: Path
) -> None:
    desk.open()
    assert desk.script("document.documentElement.lang") == "en"
    assert desk.element("h1").text == "Reviewer's desk"
    desk.element("#language").click()
    assert desk.script("document.documentElement.lang") == "zh-CN"
    assert desk.element("h1").text == "审核台"
    desk.open("#/faults")
    assert desk.element("#detail h2").text == "注入故障"

    with browsing(profile, language="zh-CN") as chinese:
        page = DeskPage(chinese, served.url)
        page.open()
        assert page.script("document.title") == "审核台 · smssign sandbox"
        page.element("#language").click()
        assert page.element("h1").text == "Reviewer's desk"


def test_a_narrow_page_shows_the_list_or_what_is_open(
    served: RunningSandbox, sandbox: Sandbox, profile: Path
) -> None:
    submit(sandbox, "tencent", "730001", "极客科技" * 30)
    with browsing(profile, size=(400, 800), dark=True) as browser:
        desk = DeskPage(browser, served.url)
        for place in ("", "#/calls", "#/faults", "#/signatures/tencent/730001"):
            desk.open(place)
            assert not desk.is_too_wide
        desk.wait(lambda: desk.all(".deck"))
        desk.button("more").click()
        assert not desk.is_too_wide
        assert not desk.element("#list").is_displayed()
        desk.element(".back").click()
        desk.wait(lambda: desk.element("#list").is_displayed())
        assert not desk.element("#detail").is_displayed()


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_a_thumb_finds_what_it_presses(
    served: RunningSandbox, sandbox: Sandbox, profile: Path, language: str
) -> None:
    """44 pixels are what WCAG 2.5.5 asks of a target."""
    submit(sandbox, "alibaba", "极客科技", "极客科技")
    with browsing(profile, size=(390, 844), language=language) as browser:
        desk = DeskPage(browser, served.url)
        for view in ("", "#/calls", "#/faults", "#/signatures/alibaba/极客科技"):
            desk.open(view)
            if view.startswith("#/signatures"):
                desk.wait(lambda: desk.all(".deck"))
                desk.button("more").click()
                desk.button("reject").click()
            assert not desk.is_too_wide
            for each in desk.all("button, select, textarea, label, a[href]:not(.skip)"):
                if each.is_displayed():
                    assert each.size["height"] >= 44, each.get_attribute("outerHTML")
        label = desk.element("#policy").find_element(By.XPATH, "preceding-sibling::span")
        assert label.is_displayed()
        assert label.text
        desk.script("document.querySelector('#live').dataset.state = 'lost'")
        desk.script("document.querySelector('#live-text').textContent = 'no answer, reconnecting'")
        assert desk.element("#policy").size["width"] >= 100


@pytest.mark.parametrize("language", ["en-US", "zh-CN"])
def test_a_date_of_the_history_has_a_line_of_its_own(
    served: RunningSandbox, sandbox: Sandbox, profile: Path, language: str
) -> None:
    submit(sandbox, "alibaba", "极客科技", "极客科技")
    sandbox.reject("alibaba", "极客科技", "营业执照不清晰" * 30)
    with browsing(profile, language=language) as browser:
        desk = DeskPage(browser, served.url)
        desk.open_signature("alibaba", "极客科技")
        desk.script("document.documentElement.style.fontSize = '24px'")
        lines = desk.script(
            "[...document.querySelectorAll('.history time')].map((each) => {"
            "const range = document.createRange(); range.selectNodeContents(each);"
            "return range.getClientRects().length; })"
        )
        assert lines == [1, 1]


def test_the_events_after_an_approval_are_played(desk: DeskPage, sandbox: Sandbox) -> None:
    for vendor, status in (("ucloud", "4"), ("huawei", "TO_BE_ACTIVATED")):
        submit(sandbox, vendor, "7", "极客科技")
        desk.open_signature(vendor, "7")
        desk.button("more").click()
        desk.button("suspend").click()
        desk.wait_for(f"status {status}", "#detail .facts")

    submit(sandbox, "tencent", "730001", "极客科技", QualificationId=1)
    desk.open_signature("tencent", "730001")
    desk.button("more").click()
    desk.element("#qualification").clear()
    desk.element("#qualification").send_keys("2000418")
    desk.choose("#qualification-state", "3")
    desk.button("attach").click()
    desk.wait_for("QualificationStatusCode", "#detail .fields")
    fields = sandbox.signature("tencent", "730001").fields
    assert (fields["QualificationId"], fields["QualificationStatusCode"]) == (2000418, 3)
    desk.button("expelled").click()
    desk.wait_for("已被运营商清退", "#detail .words")

    submit(sandbox, "alibaba", "极客科技", "极客科技")
    desk.open_signature("alibaba", "极客科技")
    desk.button("more").click()
    desk.button("filed").click()
    desk.wait_for("RegisterStatus", "#detail .fields")
    desk.choose("#carrier-unicom", "0")
    desk.element("#carrier-telecom").find_element(By.XPATH, "ancestor::div[1]/button").click()
    filed = {"mobile": 3, "unicom": 0, "telecom": 3}
    desk.wait(lambda: sandbox.signature("alibaba", "极客科技").fields["RegisterStatus"] == filed)

    desk.button("vanish").click()
    desk.element("#ask-no").click()
    desk.button("vanish").click()
    desk.element("#ask-yes").click()
    desk.wait_for("no longer at the desk", "#detail")
    assert sandbox.signatures("alibaba") == []


def test_faults_are_ordered_and_calls_are_seen_as_they_come(
    desk: DeskPage, sandbox: Sandbox, served: RunningSandbox
) -> None:
    desk.open("#/faults")
    desk.choose("#kind", "hang")
    desk.element("[name=seconds]").clear()
    desk.element("[name=seconds]").send_keys("0.5")
    desk.choose("#fault-vendor", "tencent")
    desk.choose("#fault-action", "AddSmsSign")
    desk.element("#always").click()
    desk.element("#chance").clear()
    desk.element("#chance").send_keys("25")
    desk.element("#order").click()
    desk.wait_for("25 % of them", "#list")
    (fault,) = sandbox.faults.list()
    assert (fault["kind"], fault["seconds"], fault["vendor"], fault["action"]) == (
        *("hang", 0.5, "tencent", "AddSmsSign"),
    )
    assert (fault["times"], fault["probability"]) == (None, 0.25)
    desk.element(f'[data-mark="fault-{fault["n"]}"]').click()
    desk.wait_for("No faults", "#list")

    desk.open("#/calls")
    headers = {"X-TC-Action": "DescribeSmsSignList"}
    httpx.post(served.url, headers=headers, json={"International": 0}, trust_env=False)
    desk.wait_for("DescribeSmsSignList", "#list")
    desk.all(".rows a")[0].click()
    desk.wait_for('{"International":0}', "#detail pre")
    desk.wait_for("HTTP 200", "#detail")


def test_the_policy_is_chosen_and_a_reset_asked_back(desk: DeskPage, sandbox: Sandbox) -> None:
    submit(sandbox, "alibaba", "极客科技", "极客科技")
    desk.open()
    desk.element("#policy").find_element(By.CSS_SELECTOR, "option[value='after:20']").click()
    desk.wait(lambda: sandbox.review_policy == "after:20")
    desk.wait(lambda: desk.element("#ask").get_attribute("open"))
    assert desk.element("#ask-title").text == "Approve the 1 in review, too?"
    desk.element("#ask-no").click()
    assert sandbox.signatures()[0].status is Status.PENDING
    desk.element("#policy").find_element(By.CSS_SELECTOR, "option[value='immediate']").click()
    desk.wait(lambda: desk.element("#ask").get_attribute("open"))
    desk.element("#ask-yes").click()
    desk.wait_for("Approved", ".rows")
    desk.element("#reset").click()
    assert desk.focused.get_attribute("id") == "ask-no"
    desk.press(Keys.ESCAPE)
    assert sandbox.signatures()
    desk.element("#reset").click()
    desk.element("#ask-yes").click()
    desk.wait_for("pulumi config set smssign:sandbox", "#list")
    assert sandbox.review_policy == "manual"


def test_a_page_whose_sandbox_was_started_anew_goes_on(browser: Chrome) -> None:
    with running() as served:
        page = DeskPage(browser, served.url)
        page.open()
        port = int(served.address.rpartition(":")[2])
    page.wait(lambda: page.element("#live").get_attribute("data-state") == "lost")
    with running(port=port) as served:
        submit(served.sandbox, "tencent", "730001", "极客科技")
        page.wait_for("极客科技", "#list")
        assert page.element("#live").get_attribute("data-state") == "live"
        browser.get("about:blank")
    browser.get_log("browser")  # type: ignore[no-untyped-call] # that nothing answered meanwhile
