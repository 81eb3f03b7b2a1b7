"""Read, check and measure geometry. Draws nothing; knows no article and no user.

Public are its modules `assets`, `coordinates`, `errors`, `folding`, `geojson`, `json_file`,
`letters`, `measure`, `toml_file` and `whole_file`: all of them.
"""

if __name__ != "corridormap.geo":
    raise ImportError("The name of this package is corridormap.geo: import it from there.")
