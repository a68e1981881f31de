"""A build that has what the HTTP suite asks for: a certification, its withdrawn predecessor, an organisation called Index."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rncp_ld.pipeline import Options, build
from tests.exports import fiche, write_export


@pytest.fixture(scope="session")
def served_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish two days: RNCP1 is in the first export only, and RNCP2 replaces it."""
    folder = tmp_path_factory.mktemp("served")
    one = fiche(
        "RNCP1",
        "Technicien",
        NOUVELLES_CERTIFICATIONS={"NOUVELLE_CERTIFICATION": {"ID_FICHE_NOUVELLE_CERTIFICATION": "RNCP2"}},
    )
    two = fiche(
        "RNCP2",
        "Médiateur <script>alert(1)</script>",
        CODES_ROME={"ROME": {"CODE": "K1205", "LIBELLE": "Information sociale"}},
        CERTIFICATEURS={"CERTIFICATEUR": {"NOM_CERTIFICATEUR": "Index", "ETAT_CERTIFICATEUR": "Actif"}},
        PUBLICATION_DECRET_GENERAL={"PUBLICATION_JO": {"TITRE": "Décret n° 2016-954 du 11 juillet 2016"}},
    )
    build([str(write_export(folder, one, two, day="2026-08-16"))], folder / "build", Options())
    build([str(write_export(folder, two, day="2026-08-17"))], folder / "build", Options())
    beside = folder / "build" / "site" / "niveau" / "5"
    beside.mkdir()
    (beside / "x.txt").write_text("", encoding="utf-8")
    for path in (".htaccess", ".secret/x"):  # of somebody else: no build makes them
        hidden = folder / "build" / "site" / ".well-known" / path
        hidden.parent.mkdir(exist_ok=True)
        hidden.write_text("# not for the public\n", encoding="utf-8")
    return folder / "build"


@pytest.fixture(scope="session")
def published(served_build: Path) -> Iterator[Path]:
    """A folder that any user may read, with a copy of the site called `rncp`, as `rsync -a` would make it."""
    folder = Path(tempfile.mkdtemp(prefix="rncp-ld-hosts-")).resolve()
    folder.chmod(0o755)
    shutil.copytree((served_build / "site").resolve(), folder / "rncp")
    yield folder
    shutil.rmtree(folder)
