"""From bytes to records: one reader per format, found by content; decoding; the parsing of texts and legal citations."""
