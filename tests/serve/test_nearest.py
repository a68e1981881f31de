"""What a reader may have meant by an address that names nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from rncp_ld.serve.nearest import nearest


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in (
        "rome/K1205",
        "rome/K12",
        "rome/K",
        "rome/K12.liens-rome-2",
        "rome/index",
        "rome/index-2",
        "rome/K1301",
    ):
        (tmp_path / f"{path}.html").parent.mkdir(exist_ok=True)
        (tmp_path / f"{path}.html").write_text("")
    for number in ("RNCP999", "RNCP2383", "RNCP10000", "RS5000"):
        (tmp_path / "certification").mkdir(exist_ok=True)
        (tmp_path / "certification" / f"{number}.html").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("rome/k1205", ["rome/K1205"]),  # in other letters
        ("rome/k1205.ttl", ["rome/K1205"]),  # a format of it
        ("rome/K12055", ["rome/K1205", "rome/K1301"]),  # a code too long: the one it begins with, then its neighbours
        ("certification/RNCP2384", ["certification/RNCP2383", "certification/RNCP10000", "certification/RNCP999"]),
        ("certification/RNCP238", ["certification/RNCP2383", "certification/RNCP999"]),  # a digit forgotten
        (
            "certification/RNCP2338",
            ["certification/RNCP2383", "certification/RNCP999", "certification/RNCP10000"],
        ),  # two exchanged
        ("certification/RNCP1000", ["certification/RNCP10000", "certification/RNCP999", "certification/RNCP2383"]),
        ("certification/RS1", ["certification/RS5000"]),  # of its own register only
        ("nowhere/x", []),
        ("rome/", []),
        ("rome/a/b", []),
        (f"rome/K{'1' * 10_000}", []),
        (f"{'a' * 300}/x", []),
        ("../rome/K1205", []),
    ],
)
def test_the_likeliest_first(path: str, meant: list[str], site: Path) -> None:
    assert nearest(site, path) == meant
