"""A page of your own round the map: `streamlit run streamlit_app.py`."""

import streamlit as st

import corridormap
from corridormap.streamlit import corridor_map

st.set_page_config(layout="wide")
corridor = st.cache_resource(corridormap.open)("azerbaijan-iran")
date = st.date_input("As of", corridor.as_of)
view = corridor_map(corridor.at(date), key="map")
st.write(f"{len(view.layers)} layers on {view.date}; selected: {view.selected or 'nothing'}")
if st.toggle("Draw a picture"):
    st.image(view.snapshot().body)
