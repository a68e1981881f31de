"""Headings that no table knows: what stands below one is reported, and is no part of the rubric above it."""

from __future__ import annotations

import re

from rncp_ld.sources.folding import fold
from rncp_ld.sources.text_fiche.headings import PROSE
from rncp_ld.sources.text_fiche.lines import Line
from rncp_ld.sources.text_fiche.pieces import Section
from rncp_ld.sources.text_fiche.rubrics import Rubric

_CONTENT_START = re.compile(r"[\d\W]|arrete|decret|loi\b|ordonnance|code\b|changement|www\.|http|[a-n]\d{4}")
_WITHOUT_LABELS = frozenset({Rubric.LEVEL, Rubric.CONVENTIONS, Rubric.NSF, Rubric.FORMACODES, Rubric.ROME, Rubric.LAW_GENERAL,
                             Rubric.LAW_CREATION, Rubric.LAW_VAE, Rubric.LAW_OTHER, Rubric.PAGES})  # fmt: skip
"""Rubrics of codes, citations and addresses: "**Remarques :** …" is none of them."""

_LONGEST = 80


def is_unknown_heading(line: Line, current: Section) -> bool:
    """Tell whether a line without a known heading is a heading all the same, and no content of the rubric in which it stands.

    It is set off by `#`, or in bold or capitals as a whole and closed by a colon, or it is a label in bold before a text,
    where a rubric's own values have none. In prose, such lines are sub-headings.
    """
    text = line.text.strip()
    if current.rubric in PROSE | {Rubric.TITLE, None} or _CONTENT_START.match(fold(text)):
        return False
    labelled = line.has_bold_label and current.rubric in _WITHOUT_LABELS
    if labelled or (text.endswith(":") and (line.has_hashes or line.is_marked)):
        return True
    return line.has_hashes and current.has_content and len(text) <= _LONGEST and text[-1:] not in ".;,)"
