"""Builds to push, and the stores that take them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from rncp_ld.pipeline import Options, build
from tests.conftest import absent
from tests.exports import fiche, write_export
from tests.push.stores import Oxigraph, Virtuoso

VARIABLES = ("RNCP_LD_PUSH_USER", "RNCP_LD_PUSH_PASSWORD", "RNCP_LD_PUSH_TOKEN")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")

TITLE = 'Médiateur « d\'été » "C:\\temp" 1 < 2 & 𝒜 œuvre\u00a0: ŷ'
"""Signs that are escaped somewhere on the way, or that are none of Latin-1 or of 16 bits."""


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep who runs the tests out of them: no variable of ours, no proxy."""
    for name in (*VARIABLES, *PROXIES, *(name.lower() for name in PROXIES), "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def other_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A publication of two fiches that the seed does not have, and with difficult texts."""
    folder = tmp_path_factory.mktemp("other")
    one = fiche("RNCP9001", TITLE, DATE_EFFET="01/09/2024", DUREE_ENREGISTREMENT="3")
    text = "Première ligne\nseconde ligne \\n\n\nUn tiret – une apostrophe ’, \t une tabulation."
    two = fiche("RNCP9002", "Deux", ACTIVITES_VISEES=text)
    build([str(write_export(folder, one, two))], folder / "build", Options())
    return folder / "build"


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Oxigraph]:
    store = Oxigraph(tmp_path_factory.mktemp("oxigraph"))
    yield store
    store.stop()


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        absent("Virtuoso 7 (Debian package virtuoso-opensource-7-bin)")
    store = Virtuoso(tmp_path_factory.mktemp("virtuoso"))
    yield store
    store.stop()


@pytest.fixture
def as_user(virtuoso: Virtuoso, monkeypatch: pytest.MonkeyPatch) -> None:
    """Be the user of Virtuoso who may write."""
    monkeypatch.setenv("RNCP_LD_PUSH_USER", virtuoso.user)
    monkeypatch.setenv("RNCP_LD_PUSH_PASSWORD", virtuoso.password)
