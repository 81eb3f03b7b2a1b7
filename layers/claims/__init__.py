"""Claims and figures held against sources and map: agrees, differs, disputed, untestable.

Public are `checks`, `claims`, `entries`, `evidence`, `later`, `measured`, `verdict` and `words`;
the rest is the room's own.
"""
