"""The browser's side: the map's document, our scripts and styles, and the pages that hold them."""
