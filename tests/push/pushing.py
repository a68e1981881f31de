"""Pushes a build to a store of a test."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

from tests.command import Outcome, run
from tests.push.answers import Answer, Request

DUMP = Path("site") / "dumps" / "rncp.nt.gz"
DIGEST = 'Digest realm="store", nonce="abc", qop="auth", algorithm=MD5'
BASIC = 'Basic realm="store"'
SECRET = "s3cret"


def push(build: Path, store: str, *options: str) -> Outcome:
    return run("push", "--build", build, "--graph-store", store, *options)


def dump_of(build: Path) -> bytes:
    return gzip.decompress((build / DUMP).read_bytes())


def on_put(answer: Answer, otherwise: int = 200) -> Callable[[Request], Answer]:
    """Answer a PUT so, and all else with a status."""
    return lambda request: answer if request.method == "PUT" else Answer(otherwise)
