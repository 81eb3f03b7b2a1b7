"""Streamlit's page: the map document of the corridor that its address names, and its state.

Run by ``corridormap serve``. Holds no logic of its own.
"""

from __future__ import annotations

import logging

import streamlit as st

from corridormap.app.component.component import map_component
from corridormap.app.log import log_failure
from corridormap.app.login.login import providers
from corridormap.app.login.mail import address_of
from corridormap.app.server.start import start_of
from corridormap.app.site.site import process_site

_LOG = logging.getLogger(__name__)


def main() -> None:
    """Show the corridor and the view named by the address, to a reader who may see it."""
    if not let_in():
        return
    # What the map started from stays the same for the session: a change would send it anew.
    if "start" not in st.session_state:
        try:
            st.session_state["start"] = start_of(process_site(), st.query_params.to_dict())
        except Exception as error:  # noqa: BLE001 - Streamlit would log its words
            log_failure(_LOG, "a page failed", error)
            st.error("The server could not make this page. Its log says why.")
            return
    start = st.session_state["start"]
    shown = map_component(start.data, key="map")
    title = f"{start.title_at(shown.date if shown else None)} · Corridormap"
    st.set_page_config(page_title=title if start.title else "Corridormap", layout="wide")


def let_in() -> bool:
    """Tell whether the reader may see the corridors; if not, show how to log in."""
    login = process_site().login
    # Not st.user: it would still know a reader who logged out in another tab.
    reader = login.reader(st.context.cookies) if login else None
    if login is None or (reader is not None and login.allows(reader)):
        return True
    st.set_page_config(page_title="Corridormap", layout="centered")
    st.title("Corridormap")
    if reader is not None:
        address = address_of(reader.get("email")) or "somebody without a plain mail address"
        st.error(f"You are logged in as `{address}`, which may not see these maps.")
        if not login.verified(reader):
            st.write("The provider of the login does not say that it verified the address.")
        st.button("Log out", on_click=st.logout)
        return False
    st.write("Log in to see the maps.")
    for name in providers():
        text = f"Log in with {name}" if name else "Log in"
        st.button(text, on_click=st.login, args=(name or None,))
    return False


main()
