"""What stands before the root element of an XML document, read without an XML parser.

A document type declaration is refused here, before any parser sees it: it is where external entities and entity bombs
come from, and the export has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MISC = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<([^\s/>!?<]+)")


@dataclass(frozen=True, slots=True)
class Prolog:
    """What a prolog shows.

    Attributes:
        root: name of the root element, None where the text is no XML or its root was not reached.
        doctype_line: line of a document type declaration, from 1; None where there is none.
    """

    root: str | None = None
    doctype_line: int | None = None


def read_prolog(head: str) -> Prolog:
    r"""Read the prolog at the beginning of a document.

    >>> read_prolog("<?xml version='1.0'?>\n<!-- x --><FICHES>").root
    'FICHES'
    >>> read_prolog("<!DOCTYPE FICHES [").doctype_line
    1
    """
    position = 0
    while (misc := _MISC.match(head, position)) is not None:
        position = misc.end()
    if head.startswith("<!DOCTYPE", position):
        return Prolog(doctype_line=head.count("\n", 0, position) + 1)
    root = _ROOT.match(head, position)
    return Prolog(root=root[1] if root else None)
