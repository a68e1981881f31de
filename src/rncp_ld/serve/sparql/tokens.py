"""SPARQL cut into tokens (https://www.w3.org/TR/sparql11-query/#sparqlGrammar): enough to tell a keyword from a name or a text.

A token is longer than any other that begins at its place, as in the grammar's note 2. No parsing: that is the engine's. Each character
is looked at a bounded number of times, whatever the text: a word and the prefix of a name are one pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_TOKEN: Final = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<string>\"\"\"(?:(?:\"|\"\")?(?:[^"\\]|\\.))*\"\"\"|'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      |"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<variable>[?$]\w+)
  | (?P<word>[^\W\d_][\w.-]*|_\w*|(?=:))
    (?P<local>:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.))?)?)?
  | (?P<other>\\.|.)
    """,
    re.VERBOSE | re.DOTALL,
)

_BETWEEN: Final = re.compile(r"[.-]")
"""What a prefix may hold and a keyword may not."""

_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def words(query: str) -> Iterator[str]:
    """Yield the bare words of a query, in capitals: keywords, and what is neither name, variable, text nor comment.

    >>> list(words('ASK { ?service a <http://x/SERVICE> ; b:service "service" } # SERVICE'))
    ['ASK', 'A']
    """
    for match in _TOKEN.finditer(query):
        if match["word"] and match["local"] is None:
            yield from _BETWEEN.split(match["word"].upper())


def has_keyword(query: str, keyword: str) -> bool:
    """Tell whether a keyword may stand in a query: in a bare word, or in the prefix of a name.

    An engine need not ask for anything between a keyword and its neighbours: Oxigraph reads `SERVICEx:y` as SERVICE and `x:y`, and
    `1e5SERVICE` as a number and SERVICE. So a part of a word is enough.

    >>> has_keyword("ASK { SERVICEx:y {} }", "SERVICE"), has_keyword("ASK { ?s x:SERVICE 'SERVICE' }", "SERVICE")
    (True, False)
    """
    return any(keyword in (match["word"] or "").upper() for match in _TOKEN.finditer(query))


def unescape(query: str) -> str:
    r"""Exchange codepoint escapes, which stand anywhere in a query (SPARQL 1.1, 19.2).

    >>> unescape(r"\u0053ERVICE \U00000053")
    'SERVICE S'
    """
    return _ESCAPE.sub(_character, query)


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def form_of(query: str) -> str | None:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE: the first of these words; None where there is none of them."""
    return next((word for word in words(unescape(query)) if word in FORMS), None)
