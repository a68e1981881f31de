"""The commands of docs/push.md do what it says: those for Oxigraph and Virtuoso are run as they stand, with our ports and folders."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from rncp_ld.store.store import GraphStore
from tests.push.stores import Oxigraph, Virtuoso
from tests.push.test_stores import in_months, published

GRAPH = "https://w3id.org/rncp/"


def commands(project: Path, section: str) -> list[str]:
    """Return the `$ …` commands of a section, with the lines that belong to them."""
    text = (project / "docs" / "push.md").read_text(encoding="utf-8")
    _, _, rest = text.partition(f"\n## {section}\n")
    blocks = re.findall(r"(?m)(?:^ {4}.*\n)+", rest.partition("\n## ")[0])
    found = [one for block in blocks for one in re.sub(r"(?m)^ {4}", "", block).split("$ ")]
    # "$ " begins a command where it begins a line; none of ours has it anywhere else.
    return [one.rstrip("\n") for one in found if one.strip()]


def run_all(script: list[str], changes: Mapping[str, str], build: Path, home: Path) -> str:
    """Run commands one after the other in one shell, below a folder that has `build`; return what they print."""
    text = "\n".join(script)
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (home / "build").symlink_to(build)
    environment = {**os.environ, "HOME": str(home), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text], cwd=home, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_oxigraph(project: Path, oxigraph: Oxigraph, other_build: Path, tmp_path: Path) -> None:
    script = commands(project, "Oxigraph")
    assert len(script) == 4
    output = run_all(script, {"localhost:7878": oxigraph.bind}, other_build, tmp_path)
    expected = published(other_build)
    assert output.count(f"sent {len(expected):,} triples to ") == 3
    assert oxigraph.triples() == oxigraph.triples(GRAPH) == expected
    with GraphStore.open(tmp_path / "new-store") as loaded:
        assert len(loaded) == len(expected)


def test_virtuoso(project: Path, virtuoso: Virtuoso, other_build: Path, tmp_path: Path) -> None:
    (tmp_path / ".rncp-password").write_text("très secret\n")
    *pushing, copy, load = commands(project, "Virtuoso 7")
    assert [one.split(" ")[0] for one in (*pushing, copy, load)] == ["isql-vt", "export", "rncp-ld", "cp", "isql-vt"]
    expected = published(other_build)
    output = run_all(
        pushing, {"isql-vt 1111": f"isql-vt {virtuoso.sql}", "localhost:8890": virtuoso.bind}, other_build, tmp_path
    )
    assert f"sent {len(expected):,} triples" in output
    assert virtuoso.count(GRAPH) == len(expected)
    (tmp_path / "build").unlink()
    folder = virtuoso.folder / "dumps"
    folder.mkdir()
    for _ in range(2):
        run_all(
            [copy, load], {"isql-vt 1111": f"isql-vt {virtuoso.sql}", "/srv/rncp": str(folder)}, other_build, tmp_path
        )
        (tmp_path / "build").unlink()
        assert virtuoso.triples(GRAPH) == {in_months(one) for one in expected}


def test_a_broken_document_leaves_oxigraph_as_it_was(oxigraph: Oxigraph) -> None:
    """What the document says of its transactions."""
    graph = {"graph": "urn:x:broken"}
    good = b"<urn:x:s> <urn:x:p> <urn:x:o> .\n"
    headers = {"Content-Type": "application/n-triples"}
    assert httpx.put(oxigraph.graph_store, params=graph, headers=headers, content=good).is_success
    bad = good.replace(b"urn:x:o", b"urn:x:other") + b"no triple\n"
    assert httpx.put(oxigraph.graph_store, params=graph, headers=headers, content=bad).status_code == 400
    assert oxigraph.triples("urn:x:broken") == {("<urn:x:s>", "<urn:x:p>", "<urn:x:o>")}
