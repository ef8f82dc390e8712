"""The picture in the README, made anew: `python -m tests.browser.picture [FILE]`.

All names are invented, and the licence in the picture is drawn by the browser itself.
"""

from __future__ import annotations

import sys
import tempfile
from base64 import b64decode
from pathlib import Path
from urllib.parse import quote

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from pulumi_smssign.sandbox import ManualClock, Sandbox, running
from pulumi_smssign.sandbox.http_messages import Document
from pulumi_smssign.sandbox.review import Status, Verdict
from tests.browser.chromium import browsing

PICTURE = Path(__file__).parents[2] / "docs" / "desk.png"

_LICENCE = """
<body style="margin:0;width:520px;position:relative;background:#fbf3e0;color:#3a2c1a;
font:15px 'Noto Serif CJK SC',serif">
<div style="margin:9px;border:5px double #b08d3c;padding:18px 26px;height:282px">
<div style="text-align:center;font-size:31px;letter-spacing:.5em;padding-left:.5em">营业执照</div>
<div style="text-align:center;color:#9a3324;font-size:13px;margin:3px 0 10px">
沙箱样张 · 仅供演示</div>
<table style="line-height:1.75"><tr><td width=112>名　　称<td>云杉示例科技有限公司
<tr><td>类　　型<td>有限责任公司（虚构）<tr><td>法定代表人<td>张三
<tr><td>经营范围<td>短信签名的演示与测试<tr><td>登记机关<td>示例市市场监督管理局</table></div>
<div style="position:absolute;right:52px;top:226px;width:98px;height:98px;border:4px solid #c0392b;
border-radius:50%;color:#c0392b;display:grid;place-items:center;font-size:38px;opacity:.75">★</div>
"""


def licence(browser: Chrome) -> bytes:
    """A picture of a licence that nobody has."""
    browser.get(f"data:text/html;charset=utf-8,{quote(_LICENCE)}")
    clip = {"x": 0, "y": 0, "width": 520, "height": 346, "scale": 1}
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png", "clip": clip})
    return b64decode(shot["data"])


def play(sandbox: Sandbox, clock: ManualClock, proof: bytes) -> None:
    """Have a morning's applications at the desk."""
    desk = sandbox.desk
    evidence = desk.shelf.take(proof)

    def applied(vendor: str, signature_id: str, text: str, proof: str, **fields: object) -> None:
        clock.advance(754)
        material = Document(fields)  # type: ignore[arg-type] # JSON values all of them
        papers = {proof: evidence} if proof else {}
        desk.submit(
            vendor, "default", signature_id=signature_id, text=text, fields=material,
            evidence=papers,
        )  # fmt: skip

    applied("yunpian", "云杉优选", "云杉优选", "licence_base64.1", industry_type="电商")
    desk.review("yunpian", "云杉优选", Verdict(Status.APPROVED))
    applied("huawei", "5d0c7a10-4c6e", "云杉科技", "file_id", signature_source=0)
    desk.review("huawei", "5d0c7a10-4c6e", Verdict(Status.APPROVED))
    applied("ucloud", "USMS-S-8fk2", "云杉物流", "File", SigType=0)
    reason = "营业执照不清晰或已过期，请上传最新的彩色原件照片"
    desk.review("ucloud", "USMS-S-8fk2", Verdict(Status.REJECTED, reason))
    applied("alibaba", "云杉智行", "云杉智行", "", SignSource=5, QualificationId=81002417)
    applied("tencent", "730001", "云杉商城", "ProofImage", SignType=0)
    fields = {"SignType": 0, "DocumentType": 1, "International": 0, "SignPurpose": 0}
    applied(
        "tencent", "730002", "云杉示例科技", "ProofImage", **fields, Remark="登录验证码",
        QualificationId=2000417,
    )  # fmt: skip
    clock.advance(97)
    desk.review("tencent", "730002", Verdict(Status.REJECTED, "签名与所提交的资质不符"))
    clock.advance(1311)
    record = desk.get("tencent", "730002")
    desk.resubmit(
        "tencent", "730002", text=record.text, fields=dict(record.fields), evidence=record.evidence
    )


def main() -> None:
    """Write the picture."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    clock = ManualClock(1_767_229_380.0)
    with (
        running(Sandbox(clock=clock)) as served,
        tempfile.TemporaryDirectory() as profile,
        browsing(Path(profile), size=(1240, 860)) as browser,
    ):
        play(served.sandbox, clock, licence(browser))
        browser.get(f"{served.url}/#/signatures/tencent/730002")
        WebDriverWait(browser, 10).until(
            lambda each: each.find_elements(By.CSS_SELECTOR, ".papers img")
        )
        browser.find_element(By.CSS_SELECTOR, "[data-mark=reject]").click()
        Select(browser.find_element(By.ID, "usual")).select_by_index(1)
        browser.save_screenshot(str(file))


if __name__ == "__main__":
    main()
