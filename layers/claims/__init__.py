"""Claims and figures held against sources and map: agrees, differs, disputed, untestable."""
