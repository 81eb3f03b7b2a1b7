"""Pictures, books, data and pages of a corridor, asked for by page or command.

Public are `again`, `atlas`, `choices`, `claims`, `data`, `evidence_routes`, `export`,
`hand_routes`, `info`, `laid`, `options`, `recipe_route`, `routes`, `take_routes` and `whole_file`;
the rest is the room's own.
"""
