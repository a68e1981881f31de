"""Competences from a structured text, where it is clearly a list; and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from rncp_ld.sources.list_marks import INFINITIVE, MARK, rising_families, weak_code

_LONGEST_THEME = 200


@dataclass(frozen=True, slots=True)
class ListSplit:
    r"""A text that is a list.

    Attributes:
        items: each without its bullet, but with its own code ("A1C1. Évaluer…"); lines that belong to an item follow
            it after "\n".
        rest: what introduces and closes the list, None where nothing does.
        themes: for each item the heading inside the list that it stands under ("Activité B :"), None where there is
            none; empty where the list has no headings.
    """

    items: tuple[str, ...]
    rest: str | None = None
    themes: tuple[str | None, ...] = ()


def split_list(text: str) -> ListSplit | None:
    r"""Return the items of a structured text that is clearly a list, else None.

    It is one where two lines or more carry marks of one family (the family of the first mark: a bullet's own sign,
    codes, numbers), or where two paragraphs or more all start with an infinitive, as statements of competences do
    ("Réaliser…", "Installer…"). Codes without a sign after them ("C1 Analyser") are marks where they rise. Lines with
    another mark, or with a small letter, belong to the item above them. A paragraph without a mark is an item where it starts with an infinitive
    and items stand above it (its mark was lost); between items it is a theme where it reads as a heading; else it is rest.

    >>> split_list("Capable de :\n\n- lire\n- écrire")
    ListSplit(items=('lire', 'écrire'), rest='Capable de :', themes=())
    """
    lines = text.replace("\n\n", "\n").split("\n")
    rising = rising_families(lines)
    families = [_family(line, rising) for line in lines]
    primary = next((family for family in families if family), None)
    if primary is None:
        return _split_statements(lines)
    if families.count(primary) < 2:
        return None
    items: list[str] = []
    beside: list[list[str]] = [[]]  # before each item, and after the last one
    for line, family in zip(lines, families, strict=True):
        if family == primary or (items and family is None and _is_statement(line)):
            items.append(_without_bullet(line))
            beside.append([])
        elif items and not beside[-1] and (family is not None or line[0].islower()):
            items[-1] = f"{items[-1]}\n{line}"
        else:
            beside[-1].append(line)
    return _with_themes(items, beside)


def _with_themes(items: list[str], beside: list[list[str]]) -> ListSplit:
    """Tell the headings between the items from what introduces, interrupts and closes the list."""
    first, *between, last = beside
    has_themes = any(lines and _is_heading(lines[-1]) for lines in between)
    themes: list[str | None] = []
    rest: list[str] = []
    theme: str | None = None
    for lines in (first, *between):
        if has_themes and lines and _is_heading(lines[-1]):
            theme = lines.pop()
        rest += lines
        themes.append(theme)
    rest += last
    return ListSplit(tuple(items), "\n\n".join(rest) or None, tuple(themes) if has_themes else ())


def _is_heading(line: str) -> bool:
    return line.endswith(":") or (len(line) <= _LONGEST_THEME and line[-1] not in ".;,!?…")


def _is_statement(line: str) -> bool:
    return INFINITIVE.match(line) is not None and not line.endswith(":")


def _split_statements(lines: list[str]) -> ListSplit | None:
    """Split a text without marks: statements, after at most one introduction that ends with a colon."""
    intro = lines[0] if lines[0].endswith(":") and not INFINITIVE.match(lines[0]) else None
    items = lines[1:] if intro else lines
    if len(items) < 2 or not all(INFINITIVE.match(item) for item in items):
        return None
    return ListSplit(tuple(items), intro)


def _family(line: str, rising: frozenset[str]) -> str | None:
    """Name the family of a line's mark: the bullet itself, "code" or "number"."""
    mark = MARK.match(line)
    if mark is not None:
        return line[0] if mark.lastgroup == "bullet" else mark.lastgroup
    code = weak_code(line) if rising else None
    return "code" if code is not None and code[0] in rising else None


def _without_bullet(line: str) -> str:
    mark = MARK.match(line)
    return line[mark.end() :] if mark is not None and mark.lastgroup == "bullet" else line
