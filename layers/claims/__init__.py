"""Claims and figures held against sources and map: confirmed, repeated only, sources differ.

Public are `checks`, `claims`, `entries`, `evidence`, `later`, `measured`, `origins`, `verdict` and
`words`; the rest is the room's own.
"""
