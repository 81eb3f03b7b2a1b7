"""Streamlit's page: the map document of the corridor being served, and its state.

Run by ``corridormap serve``. Holds no logic of its own.
"""

from __future__ import annotations

import os

import streamlit as st

from app.component import map_component
from app.library import process_library
from app.start import start_data
from geo.errors import CorridorError


def main() -> None:
    """Show the corridor named by the environment, in the view named by the address."""
    try:
        opened = process_library().open(os.environ["CORRIDORMAP_CORRIDOR"])
    except CorridorError as error:
        st.set_page_config(page_title="Corridormap", layout="wide")
        st.error(str(error))
        return
    st.set_page_config(page_title=f"{opened.corridor.manifest.title} · Corridormap", layout="wide")
    # What the map started from stays the same for the session: a change would send it anew.
    query = st.query_params.to_dict()
    start = st.session_state.setdefault("start", start_data(opened, query))
    st.session_state["view"] = map_component(start) or start["view"]


main()
