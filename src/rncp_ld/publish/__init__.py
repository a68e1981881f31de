"""From the store to what people see: pages, dumps, catalogue, ledger."""
