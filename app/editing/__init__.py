"""Changes of a corridor, from the editor's draft to the folder."""
