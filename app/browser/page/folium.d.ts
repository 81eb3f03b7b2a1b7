/* The map as folium draws it. leaflet.py writes this module when the page is served. */

/** The markup of the map's frame. */
export const html: string;

/** Draw folium's map in that markup; what is mounted on it is in `corridormap.mounted` then. */
export function run(corridormap: object): void;
