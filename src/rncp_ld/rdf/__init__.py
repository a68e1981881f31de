"""From one record to triples: IRIs, one mapping module per class, serialisation."""
