"""What was found wrong, in the words of the pages: one sentence for all findings of a kind, and what is particular to one."""

from __future__ import annotations

import re
from typing import Final

from rncp_ld.diagnostics import CODES, Diagnostic, Severity

WORDS: Final = {Severity.VIOLATION: "Bloquant", Severity.WARNING: "À corriger", Severity.INFO: "À savoir"}
"""In the order of gravity."""

_SHAPE = re.compile(r"(.*) \(([A-Za-z0-9-]+), ([A-Za-z]+)\)", re.DOTALL)
"""A message of the check: the shape's sentence, then its name and the constraint, which are for those who mend shapes."""


def split_message(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """Return what all findings of this one's kind say, the shape that says it, and what this one says beyond.

    >>> split_message(Diagnostic("SHACL", Severity.INFO, "Un titre est attendu. (Bloc-title, MinCount)"))
    ('Un titre est attendu.', 'Bloc-title, MinCount', '')
    >>> split_message(Diagnostic.of("DATE-INVALIDE", "Attendu : AAAA."))[2]
    'Attendu : AAAA.'
    """
    if diagnostic.code == "SHACL":
        match = _SHAPE.fullmatch(diagnostic.message)
        return (match[1], f"{match[2]}, {match[3]}", "") if match else (diagnostic.message, "", "")
    meaning = CODES[diagnostic.code][1]
    return meaning, "", diagnostic.message.removeprefix(meaning).strip()


def excerpt_of(diagnostic: Diagnostic) -> str:
    """Return the text that a finding is about; a bare "true" is none, for the sentence of the shape says it."""
    text = diagnostic.excerpt or ""
    return "" if text in {"true", "false"} else text
