"""What is refused with a clear message: calls to other servers (SERVICE, which would let anybody use ours as a proxy) and updates.

That an engine can call nobody is the system's (`launch.py`), and that it changes nothing is the store's, open for reading only. The query is looked at as it is and with its codepoint escapes exchanged, as an engine
may do either; a word in a text, an IRI, a comment, a variable or behind the colon of a name is none of the query's words.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from rncp_ld.serve.problems import Problem
from rncp_ld.serve.sparql.tokens import has_keyword, unescape, words

_UPDATES: Final = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_PROLOGUE: Final = frozenset({"PREFIX", "BASE", "VERSION"})

NO_SERVICE: Final = Problem(
    403,
    "Appel à un autre serveur refusé",
    "SERVICE n'est pas admis ici, ni comme mot ni comme préfixe d'un nom : une requête ne lit que ces données.",
    kind="service-refused",
)
READ_ONLY: Final = Problem(
    403, "Mise à jour refusée", "Ce service se lit seulement : SELECT, ASK, CONSTRUCT, DESCRIBE.", kind="update-refused"
)


def refusal(query: str) -> Problem | None:
    """Return why a query is refused, None where it may go to an engine."""
    plain = unescape(query)
    if any(has_keyword(text, "SERVICE") for text in {query, plain}):
        return NO_SERVICE
    first = next((word for word in islice(words(plain), 1000) if word not in _PROLOGUE), None)
    return READ_ONLY if first in _UPDATES else None
