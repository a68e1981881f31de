r"""Texts that hold HTML, as plain text with line ends and list marks.

The export of V4.1 says that it took the HTML out, and some is left; exports of 2020 to V3 hold all of it, escaped twice
(`&lt;p&gt;Param&amp;eacute;trer&lt;/p&gt;`; notes on the input formats, section 1). So:

- tags of text layout become line ends and list marks, or nothing; the address of a link follows its text;
- a tag is markup where it is known, and closed somewhere, void, with attributes, or at the very start: fiches about the
  web also *name* tags ("les balises <table> et <form>"), and these are words;
- entities become their characters, also those escaped twice; what is no entity of HTML stays;
- `<script>` and whatever else is unknown stays as text: nothing is lost, and pages escape it.
"""

from __future__ import annotations

import html
import re

_BREAKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "big",
        "cite",
        "col",
        "colgroup",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "label",
        "mark",
        "o:p",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
        "wbr",
    ]
)
_VOID = frozenset({"br", "hr", "img", "col", "wbr"})
_WRAPPING = frozenset({"p", "div", "li"})
"""Where these are used, a newline is mere white space."""

_CUT_OFF = frozenset(["b", "div", "em", "font", "i", "li", "ol", "p", "span", "strong", "u", "ul"])
"""Tags of an editor: where a text holds markup, they are so, too, without their other half; a text may be cut."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*(?::[a-z])?)((?:\s[^<>]*)?)/?>|<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_ADDRESS = re.compile(r"""\shref\s*=\s*["']?((?:https?:|mailto:|www\.)[^"'\s]+)""", re.IGNORECASE)
_OWN_MARK = re.compile(
    r"(?:\s|&nbsp;|</?[a-z][^<>]*>)*(?:[-–—*•●▪■◦‣·►➢➤✓✔→]|&(?:bull|middot|ndash|mdash);|[A-Z]{1,4}[. -]?[0-9]|[0-9]{1,2}[.)°])"
)
_MARKS = ("- ", "o ", "* ")
_DEEPEST = 3
"""So many times a text may be escaped; real ones are twice at most."""
_SOFT_WRAP = "   "


def plain_text(raw: str) -> str:
    r"""Return a text without its HTML; a text that has none is returned as it is.

    >>> plain_text("<p>Il sait&nbsp;:</p><ul><li>lire</li><li>&eacute;crire</li></ul>")
    '\nIl sait\xa0:\n\n\n- lire\n\n- écrire\n\n'
    >>> plain_text("&lt;b&gt;Param&amp;eacute;trer&lt;/b&gt; la balise <table>")
    'Paramétrer la balise <table>'
    """
    text = raw
    for _ in range(_DEEPEST):
        names = _markup(text) if "<" in text else frozenset()
        if names:
            return _without_tags(text, names)
        bare = _characters(text) if "&" in text else text
        if bare == text:
            break
        text = bare
    return text


def _markup(text: str) -> frozenset[str]:
    """Return the names of the tags that are markup in a text."""
    opened: set[str] = set()
    closed: set[str] = set()
    found: set[str] = set()
    for tag in _TAG.finditer(text):
        name = (tag[2] or "!--").lower()
        if name == "!--":
            found.add(name)
        elif name not in _BREAKS and name not in _INLINE:
            continue
        elif name in _VOID or "=" in tag[3] or not text[: tag.start()].strip():
            found.add(name)
        else:
            (closed if tag[1] else opened).add(name)
    found |= opened & closed
    return frozenset(found | ((opened | closed) & _CUT_OFF) if found else found)


def _without_tags(text: str, names: frozenset[str]) -> str:
    out: list[str] = []
    lists: list[int] = []  # of each list that is open: its next number, 0 where it has bullets
    links: list[tuple[int, str]] = []
    wraps = bool(names & _WRAPPING)
    at = 0
    for tag in _TAG.finditer(text):
        name = (tag[2] or "!--").lower()
        if name not in names:
            continue
        out.append(_segment(text[at : tag.start()], wraps=wraps))
        at = tag.end()
        if name in _BREAKS:
            out.append("\n")
        if name in {"ul", "ol"}:
            _nest(lists, is_end=bool(tag[1]), first=1 if name == "ol" else 0)
        elif name == "li" and not tag[1] and _OWN_MARK.match(text, at) is None:
            out.append(_next_mark(lists))
        elif name == "a" and not tag[1]:
            address = _ADDRESS.search(tag[3])
            links.append((len(out), _characters(address[1]) if address else ""))
        elif name == "a" and links:
            start, to = links.pop()
            out.append("" if to.removeprefix("mailto:") in "".join(out[start:]) else f" ({to})")
    out.append(_segment(text[at:], wraps=wraps))
    return "".join(out)


def _nest(lists: list[int], *, is_end: bool, first: int) -> None:
    if not is_end:
        lists.append(first)
    elif lists:
        lists.pop()


def _next_mark(lists: list[int]) -> str:
    """Return the mark of the next item: a number, or a bullet that tells how deep it stands."""
    if lists and lists[-1]:
        lists[-1] += 1
        return f"{lists[-1] - 1}. "
    return _MARKS[min(max(len(lists), 1), len(_MARKS)) - 1]


def _segment(text: str, *, wraps: bool) -> str:
    """Return what stands between two tags; a newline of the source is white space inside paragraphs."""
    if not text:
        return ""
    if wraps and ("\n" in text or "\r" in text):
        text = text.replace("\r", "\n").replace("\n", _SOFT_WRAP)
    bare = _characters(text)
    return _characters(bare) if bare != text else bare


def _characters(text: str) -> str:
    """Write the entities of HTML as their characters; one that names none stays."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0]) or entity[0]
