"""The Oxigraph store: load, query, read; the only importer of its `Store`."""
