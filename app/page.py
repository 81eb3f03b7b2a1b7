"""Streamlit's page: the map document of the corridor being served, and its state.

Run by ``corridormap serve``. Holds no logic of its own.
"""

from __future__ import annotations

import os

import streamlit as st

from app.component import map_component
from app.library import process_library
from app.routes import addresses
from geo.errors import CorridorError
from layers.view import View


def main() -> None:
    """Show the corridor named by the environment, in the view named by the address."""
    try:
        opened = process_library().open(os.environ["CORRIDORMAP_CORRIDOR"])
    except CorridorError as error:
        st.set_page_config(page_title="Corridormap", layout="wide")
        st.error(str(error))
        return
    corridor = opened.corridor
    st.set_page_config(page_title=f"{corridor.manifest.title} · Corridormap", layout="wide")
    view, notices = View.from_query(st.query_params.to_dict(), corridor)
    on_screen = map_component(
        {
            **addresses(opened),
            "view": st.session_state.setdefault("first_view", view.model_dump(mode="json")),
            "notices": st.session_state.setdefault("first_notices", list(notices)),
        }
    )
    st.session_state["view"] = on_screen or view.model_dump(mode="json")


main()
