"""The table of abbreviated codes: what they stand for, by their names in `code_names.py`."""

from __future__ import annotations

SHORT_NAMES: dict[str, str] = {
    "casf": "code de l'action sociale et des familles",
    "cch": "code de la construction et de l'habitation",
    "ceseda": "code de l'entrée et du séjour des étrangers et du droit d'asile",
    "cgct": "code général des collectivités territoriales",
    "cgfp": "code général de la fonction publique",
    "cgi": "code général des impôts",
    "cgppp": "code général de la propriété des personnes publiques",
    "cja": "code de justice administrative",
    "cmf": "code monétaire et financier",
    "cpi": "code de la propriété intellectuelle",
    "cpp": "code de procédure pénale",
    "crpa": "code des relations entre le public et l'administration",
    "crpm": "code rural et de la pêche maritime",
    "csi": "code de la sécurité intérieure",
    "csp": "code de la santé publique",
    "css": "code de la sécurité sociale",
}
"""Abbreviations that stand for one code, read only beside its articles: alone a CSP is also a socio-professional category, and
CSS a language. Left out since they stand for several, or for something else here: CE (éducation, environnement), CT (travail,
transports), CC (civil, commerce), CP (pénal), CPC (commission professionnelle consultative), CPCE, CCP (certificat de compétences)."""

DOTTED_NAMES: dict[str, str] = {
    "C. trav.": "code du travail",
    "C. éduc.": "code de l'éducation",
    "C. civ.": "code civil",
    "C. com.": "code de commerce",
    "C. consom.": "code de la consommation",
    "C. assur.": "code des assurances",
    "C. env.": "code de l'environnement",
    "C. envir.": "code de l'environnement",
    "C. urb.": "code de l'urbanisme",
    "C. mon. fin.": "code monétaire et financier",
    "C. pén.": "code pénal",
}
"""Abbreviations of lawyers, read after articles only ("art. L. 6113-1 C. trav.")."""
