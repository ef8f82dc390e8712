"""Files that are handed in by themselves and named by their ids in applications.

Sources: vendor pages sms_05_0034 and sms_05_0035 and official SDK 3.1.219 for the fields; the
vendor's FAQ for what a name may not have, and for the console's formats and size.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from pydantic import JsonValue

from pulumi_smssign.sandbox.evidence import Evidence, Upload
from pulumi_smssign.sandbox.http_messages import Document, HttpRequest
from pulumi_smssign.sandbox.huawei import codes
from pulumi_smssign.sandbox.huawei.iam import customer_id
from pulumi_smssign.sandbox.huawei.multipart import Part, parts_of
from pulumi_smssign.sandbox.huawei.parameters import invalid, query_of, written
from pulumi_smssign.sandbox.service import Service

LONGEST_TEXT = 64
"""Characters of a file's name, and of its description."""

_ILLEGAL = frozenset("#'$%&*/|<>{}[];")
_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif"})
NAMING_FIELDS = ("file_id", "power_attorney_fileid", "signature_related_file_id")
"""The fields of an application that have a file's id."""
_CONTRACT_FILE = 1
_SMS_MODULE = 2


class Files(Service[Document]):
    """The service's side of files."""

    def upload(self, account: str, request: HttpRequest) -> Document:
        """Take the part `file` of a form; `file_desc` is in the query."""
        part = self._part(request)
        name = part.file_name or ""
        if not 1 <= len(name) <= LONGEST_TEXT or any(each.isspace() for each in name):
            raise codes.ServiceRefusal(codes.BAD_FILE_NAME)
        if not _ILLEGAL.isdisjoint(name):
            raise codes.ServiceRefusal(codes.ILLEGAL_FILE_NAME)
        fields: dict[str, JsonValue] = {"file_name": name}
        description = query_of(request).get("file_desc")
        if description is not None:
            if not 1 <= len(description) <= LONGEST_TEXT:
                raise invalid("file_desc")
            fields["file_desc"] = description
        evidence = self._evidence(part.content)
        upload = Upload(
            self._vendor, account, str(uuid.uuid4()), self._clock.now(), evidence, fields
        )
        self._desk.keep(upload)
        return _item(upload, 0)

    def show(self, account: str, query: Mapping[str, str]) -> Document:
        """Tell about one file, by `file_id`."""
        if not query.get("file_id"):
            raise invalid("file_id")
        upload = self.get(account, query["file_id"])
        naming = sum(
            upload.id in {signature.fields.get(field) for field in NAMING_FIELDS}
            for signature in self._desk.find(self._vendor, account)
        )
        return _item(upload, naming)

    def get(self, account: str, file_id: str) -> Upload:
        """Give a file of an account.

        Raises:
            Refusal: MSGSMS.0011 if there is none.
        """
        upload = self._desk.upload(self._vendor, file_id)
        if upload is None or upload.account != account:
            raise codes.ServiceRefusal(codes.NO_FILE, f"file_id={file_id[:LONGEST_TEXT]}")
        return upload

    def _part(self, request: HttpRequest) -> Part:
        try:
            parts = parts_of(request.headers.get("content-type", ""), request.body)
        except ValueError:
            raise invalid("body") from None
        part = next((each for each in parts if each.name == "file"), None)
        if part is None:
            raise invalid("file")
        return part

    def _evidence(self, content: bytes) -> Evidence:
        evidence = self._desk.shelf.take(content)
        if not 1 <= evidence.size <= self._switches.number("huawei.file_limit"):
            raise invalid("file size")
        if evidence.media_type not in _IMAGES:
            raise invalid("file type")
        return evidence


def _item(upload: Upload, naming: int) -> Document:
    """Give a file as its operations show it; `naming` is how many signatures name it."""
    return {
        "file_id": upload.id,
        **upload.fields,
        "file_ref": naming,
        "file_size": upload.evidence.size,
        "file_type": _CONTRACT_FILE,
        "module_type": _SMS_MODULE,
        "operator": customer_id(upload.account),
        "update_time": written(upload.at),
    }
