"""The check of the graph against `shapes/`; the only importer of pyshacl.

`shapes` loads the shapes once, `check` checks chunks of triples with them: `prefilter` says what may be wrong, from the text
of the triples, and pySHACL looks at that. `checked` makes of all chunks the one thing that may be published, `finding` says
what was found, as diagnostics too.
"""
