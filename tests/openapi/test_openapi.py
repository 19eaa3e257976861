"""The JSON API does what its own description says, also when it is asked nonsense."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.node import Node

pytestmark = [pytest.mark.xdist_group("node")]

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def test_the_description_is_openapi_3_1_with_one_shape_for_errors(node: Node) -> None:
    status, body = node.get("/api/openapi.json")
    described = json.loads(body)
    assert status == 200
    assert described["openapi"].startswith("3.1")
    assert len(described["paths"]) >= 10
    for path, methods in described["paths"].items():
        for method, act in methods.items():
            refusals = [answer for status, answer in act["responses"].items() if status.startswith("4")]
            shapes = {answer["content"]["application/json"]["schema"]["$ref"] for answer in refusals}
            assert shapes == {"#/components/schemas/Refusal"}, (method, path)


@pytest.mark.parametrize("role", ["", "officer"])
def test_no_server_error_and_no_answer_outside_the_description(node: Node, tmp_path: Path, role: str) -> None:
    headers = ["--header", f"Authorization: Bearer {node.command('token', '--as', role)}"] if role else []
    run = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"), "run", f"{node.address}/api/openapi.json",
            "--checks", ",".join(CHECKS), "--max-examples", "20", "--seed", "1", "--no-color",
            "--generation-database", "none", "--request-timeout", "20", "--suppress-health-check", "all", *headers,
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=280,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-1000:]
    tested = re.search(r"(\d+) (?:generated|passed|tested)", run.stdout)
    assert tested, run.stdout[-2000:]
