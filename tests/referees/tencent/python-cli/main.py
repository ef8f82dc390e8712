"""Tencent Cloud's command line, unchanged, does all signature operations at the sandbox.

It speaks HTTPS unless its endpoint has a scheme, which it writes into `Host` then.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from referee import finish, operation, refused, review, same

NAME, OTHER = "极客科技", "极客网络"
APPROVED, IN_REVIEW, REJECTED = 0, 1, -1
PROOF = base64.b64encode(Path(os.environ["REFEREE_PROOF"]).read_bytes()).decode()
APPLICATION = {
    "SignName": NAME,
    "SignType": 0,
    "DocumentType": 1,
    "International": 0,
    "SignPurpose": 0,
    "ProofImage": PROOF,
    "QualificationId": 2000417,
}
HOME = tempfile.mkdtemp()
_ids: list[int] = []


def call(action: str, parameters: dict[str, object], **changed: str) -> dict:
    """Run the command in an environment that is `changed`."""
    options = [text for name, value in parameters.items() for text in (f"--{name}", str(value))]
    command = "import sys; from tccli.main import main; sys.exit(main())"
    endpoint = f"http://{os.environ['TENCENTCLOUD_ENDPOINT']}"
    common = ["--region", "ap-guangzhou", "--version", "2021-01-11", "--endpoint", endpoint]
    played = subprocess.run(
        [sys.executable, "-c", command, "sms", action, *common, *options],
        env={**os.environ, "HOME": HOME, **changed},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    if played.returncode:
        raise ValueError(played.stdout + played.stderr)
    return json.loads(played.stdout)


def shown(name: str, status: int, reason: str = "") -> None:
    look = {"International": 0, "SignIdSet": json.dumps(_ids)}
    item = call("DescribeSmsSignList", look)["DescribeSignListStatusSet"][0]
    same([item["SignName"], item["StatusCode"], item["ReviewReply"]], [name, status, reason])


def submit() -> None:
    answer = call("AddSmsSign", APPLICATION)
    _ids.append(answer["AddSignStatus"]["SignId"])


def rejected() -> None:
    review("tencent", str(_ids[0]), "reject", reason="资质不清晰")
    shown(NAME, REJECTED, "资质不清晰")


def modify() -> None:
    call("ModifySmsSign", {**APPLICATION, "SignId": _ids[0], "SignName": OTHER})
    shown(OTHER, IN_REVIEW)


def approved() -> None:
    review("tencent", str(_ids[0]), "approve")
    shown(OTHER, APPROVED)


def delete() -> None:
    answer = call("DeleteSmsSign", {"SignId": _ids[0]})
    same(answer["DeleteSignStatus"]["DeleteStatus"], "return successfully!")


def wrong_key() -> None:
    look, key = {"International": 0}, {"TENCENTCLOUD_SECRET_KEY": "another"}
    refused("AuthFailure.SignatureFailure", lambda: call("DescribeSmsSignList", look, **key))


operation("submit", submit)
operation("look up", lambda: shown(NAME, IN_REVIEW))
operation("look up a rejection", rejected)
operation("modify", modify)
operation("look up an approval", approved)
operation("delete", delete)
operation("a wrong key is refused", wrong_key)
finish()
