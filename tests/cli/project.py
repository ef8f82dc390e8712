"""A project whose `pulumi` prints what a test has written: no engine is needed to run a command."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from pulumi_smssign.cli import main

State = dict[str, Any]

URN = "urn:pulumi:dev::shop::pulumi-python:dynamic/tencentSms:TencentSms::brand"
PROOF = {"path": "licence.png", "sha256": "0" * 64, "media_type": "image/png", "size": 1}


def state(identifier: str = "730001", urn: str = URN, **outputs: object) -> State:
    """A resource of a signature, as an export has it."""
    properties = {
        "vendor": "tencent",
        "account": "default",
        "sign_name": "极客科技",
        "text": "极客科技",
        "status": "APPROVED",
        "vendor_status": "0",
        "reason": "a reason",
        "scope": "mainland",
        "__record": {"origin": ""},
        "accepted_at": "2026-11-29T15:37:20Z",
        "submitted_at": "2026-11-29T15:37:20Z",
        "deletion_policy": "delete",
        "edit_status": "",
        "filing": {"state": "filed", "carriers": {"mobile": {"state": "filed"}}},
        "proof_image": PROOF,
        **outputs,
    }
    predecessor = {"id": "730000", "text": "云杉", "scope": "mainland", "retained": "it is kept"}
    return {
        "urn": urn,
        "type": "pulumi-python:dynamic/tencentSms:TencentSms",
        "id": identifier,
        "inputs": {"vendor": "tencent", "__predecessors": [predecessor]},
        "outputs": properties,
    }


def settings(config: Mapping[str, str]) -> dict[str, Any]:
    """What `pulumi config --json` prints of a configuration."""
    return {key: {"value": value, "secret": False} for key, value in config.items()}


class Project:
    """A project's folder with a stack that is an export and a configuration, both JSON.

    Args:
        folder: an empty folder.
        resources: the resources of the export.
        config: the stack's configuration: values by full key.
    """

    def __init__(self, folder: Path, resources: list[State], config: dict[str, str]) -> None:
        self.folder = folder
        (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n", "utf-8")
        self.prints({"deployment": {"resources": resources}}, settings(config))

    def prints(self, export: object, config: object, version: str = "v3.276.0") -> None:
        """Have `pulumi` print these."""
        for name, content in (("export", json.dumps(export)), ("config", json.dumps(config))):
            (self.folder / f"{name}.json").write_text(content, "utf-8")
        (self.folder / "version").write_text(version, "utf-8")
        self.runs(
            f'case "$1" in config) cat {self._file("config.json")};; '
            f"version) cat {self._file('version')};; *) cat {self._file('export.json')};; esac"
        )

    def runs(self, script: str) -> None:
        """Have `pulumi` be a shell script."""
        pulumi = self.folder / "pulumi"
        pulumi.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        pulumi.chmod(0o755)

    def _file(self, name: str) -> str:
        return shlex.quote(str(self.folder / name))

    @property
    def path(self) -> str:
        """The PATH on which its `pulumi` comes first."""
        return f"{self.folder}{os.pathsep}{os.environ['PATH']}"

    def smssign(self, *arguments: str, answer: str = "", **environment: str) -> Result:
        """The result of a command that runs in the folder."""
        return CliRunner().invoke(
            main,
            [*arguments],
            input=answer,
            env={"PATH": self.path, "PULUMI_HOME": str(self.folder / "home"), **environment},
        )

    def in_stack(self, command: str, *arguments: str, **environment: str) -> Result:
        """The result of a command about the stack."""
        return self.smssign(command, "--cwd", str(self.folder), *arguments, **environment)
