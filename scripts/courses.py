"""The lines whose courses `scripts/make_courses.py` writes: by which places each of them runs.

`Rail` follows the tracks of OpenStreetMap between the nodes nearest to its points; `known` puts a
place that the line is known to pass between two nodes. `Straight` joins places where no track is
known; its band is a judgement, told in the note. `Line` is a line written before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["COURSES", "Course", "Line", "Rail", "Straight"]

LonLat = tuple[float, float]


@dataclass(frozen=True)
class Rail:
    """Along the tracks."""

    points: tuple[LonLat, ...]
    known: dict[tuple[LonLat, LonLat], tuple[LonLat, ...]] = field(default_factory=dict)
    known_m: float = 0.0
    """How far the places of `known` may be from the track."""
    simplify_m: float = 0.0
    ashore: tuple[tuple[LonLat, LonLat], ...] = ()
    """A node, and where it is drawn instead, so that its edges stay on the outline's land."""


@dataclass(frozen=True)
class Straight:
    """Straight legs through places."""

    points: tuple[LonLat, ...]
    band_m: float
    source: str


@dataclass(frozen=True)
class Line:
    """The whole of a line written before."""

    id: str
    turned: bool = False
    """From its end to its start."""


@dataclass(frozen=True)
class Course:
    """One line, and the layers that it stands in."""

    id: str
    places: tuple[str, ...]
    """Corridor and layer: "azerbaijan-iran/context"."""
    parts: tuple[Rail | Straight | Line, ...]
    quality: str
    note: str
    sources: tuple[str, ...]
    band_m: float = 0.0
    """A band that judgement sets wider than the parts."""


RASHT_TRACK = (49.556, 37.207)
"""Where the tracks end on Rasht's side: the three lines of Rasht meet there."""
TEHRAN, QAZVIN = (51.401, 35.657), (49.980, 36.237)
ALAT, SALYAN, LANKARAN = (49.394, 39.949), (48.961, 39.593), (48.863, 38.750)
MASALLI = (48.665, 39.035)
INCHEH_BORUN = (54.690, 37.460)
YALAMA = (48.579, 41.766)
ASTARA_AZ, ASTARA_BRIDGE = (48.875, 38.453), (48.8449, 38.4499)
TERMINAL = (48.845, 38.437)
MAKHACHKALA_SOUTH, MAKHACHKALA = (47.515, 42.983), (47.504, 42.987)
ASTRAKHAN, MOSCOW, ST_PETERSBURG = (48.064, 46.354), (37.640, 55.729), (30.363, 59.929)
BANDAR_ABBAS, BAFQ = (56.133, 27.197), (55.405, 31.588)
AZ, NS = "azerbaijan-iran/rasht-astara", "north-south/western-branch"
WORLD_M = 1000.0
"""Nodes nearer than this to a straight line are left out of the long lines."""

TO_RASHT = Rail((QAZVIN, RASHT_TRACK))
TO_LANKARAN = Rail(
    (LANKARAN, SALYAN, ALAT),
    known={((48.844, 38.780), (48.964, 39.571)): (MASALLI,)},
    known_m=800.0,
    ashore=(((48.844, 38.780), (48.8229, 38.7759)),),
)
TRACKS = "along OpenStreetMap's tracks, straight between nodes where tracks meet"

COURSES = (
    Course(
        "qazvin-rasht-railway", (AZ, NS), (TO_RASHT,), "approximate",
        f"{TRACKS}; the track between two nodes is never farther off than the band; from the "
        "junction west of Qazvin to the track's end at Rasht the tracks measure 163.6 km, from "
        "Qazvin 179 km",
        ("G8",),
    ),
    Course(
        "rasht-astara-railway", (AZ, NS),
        (
            Straight(
                (
                    RASHT_TRACK, (49.322, 37.312), (49.246, 37.426), (49.137, 37.550),
                    (49.064, 37.602), (48.927, 37.720), (48.905, 37.797), (48.890, 37.958),
                    (48.892, 38.148), (48.846, 38.308), (48.8561, 38.3761), TERMINAL,
                ),
                8000.0, "G2",
            ),
        ),
        "schematic",
        "not built and no course published: from the track's end at Rasht straight legs through "
        "the coast towns in order, which are not its stations; the band is our judgement, as wide "
        "as the plain by the sea; more than 80 km changed in 2025",
        ("S163", "S157", "G2", "G4", "OSM"),
    ),
    Course(
        "rasht-caspian-railway", (AZ, "north-south/caspian-branch"),
        (
            Straight(
                (RASHT_TRACK, (49.640, 37.388), (49.4671, 37.4645), (49.458, 37.473)),
                10_000.0, "G2",
            ),
        ),
        "schematic",
        "from the track's end at Rasht by Khomam to Bandar Anzali; newer than the map data; the "
        "port has no published point, so it ends at the town, past the port, and is longer than "
        "published; the band is what 37 km of track allow",
        ("G8", "G2", "OSM"),
    ),
    Course(
        "astara-astara-railway", (AZ, NS),
        (Straight((ASTARA_AZ, ASTARA_BRIDGE, TERMINAL), 4000.0, "G1"),),
        "schematic",
        "Astara town, the rail bridge, and a point 1.4 km south of it for the terminal; the loop "
        "north of the town is not drawn, so the line is shorter than the 10 km published; the band "
        "is what that length allows",
        ("G1", "OSM", "S34", "S193"),
    ),
    Course(
        "astara-alat-railway", (AZ, NS),
        (Straight((ASTARA_AZ, (48.857, 38.599), LANKARAN), 6000.0, "G7"), TO_LANKARAN),
        "approximate",
        f"{TRACKS} from Lankaran by Osmanlı to Alat, good to 5 km from Salyan on; from Salyan to "
        "Lankaran one leg of 104 km of track, led through Masallı, sets the band; south of "
        "Lankaran no track is in the data: by the coast road",
        ("G8", "G7", "G2", "G1"),
    ),
    Course(
        "alat-yalama-railway", (NS,), (Rail((ALAT, YALAMA)),), "approximate",
        f"{TRACKS}, by the lines that pass Baku", ("G8",),
    ),
    Course(
        "yalama-astrakhan-railway", (NS,),
        (
            Rail((YALAMA, MAKHACHKALA_SOUTH), simplify_m=WORLD_M / 2),
            Straight((MAKHACHKALA_SOUTH, MAKHACHKALA), 1500.0, "G8"),
            Rail((MAKHACHKALA, ASTRAKHAN), simplify_m=WORLD_M / 2),
        ),
        "approximate", f"{TRACKS}, by Derbent, Makhachkala and Kizlyar", ("G8",),
    ),
    Course(
        "bandar-abbas-bafq-railway", ("north-south/common-legs",),
        (Rail((BANDAR_ABBAS, BAFQ), simplify_m=WORLD_M),), "approximate",
        f"{TRACKS}; in the mountains few tracks meet, and 91 km of track between two nodes set "
        "the band; the tracks measure 598 km", ("G8",),
    ),
    Course(
        "bafq-qazvin-railway", ("north-south/common-legs",),
        (Rail((BAFQ, TEHRAN, QAZVIN), simplify_m=WORLD_M),), "approximate", TRACKS, ("G8",),
    ),
    Course(
        "tehran-gorgan-railway", ("north-south/common-legs",),
        (Rail((TEHRAN, (54.426, 36.859)), simplify_m=WORLD_M),), "approximate", TRACKS, ("G8",),
    ),
    Course(
        "gorgan-incheh-borun-railway", ("north-south/eastern-branch",),
        (
            Rail(((54.426, 36.859), (54.614, 37.424))),
            Straight(((54.614, 37.424), INCHEH_BORUN), 6000.0, "NE"),
        ),
        "approximate",
        f"{TRACKS}; the line leaves the older one 16 km west of Gorgan, whence the tracks and the "
        "last straight 8 km to the border measure 88 km; 70 km, also published, do not fit",
        ("G8", "NE"),
    ),
    Course(
        "bafq-mashhad-railway", ("north-south/eastern-branch",),
        (
            Straight((BAFQ, (56.891, 33.592)), 40_000.0, "G8"),
            Rail(((56.891, 33.592), (59.009, 35.133), (59.628, 36.300)), simplify_m=WORLD_M),
        ),
        "approximate",
        f"{TRACKS} from Tabas on; from Bafq to Tabas one straight leg, whose band is what the 800 "
        "km published leave for it",
        ("G8", "N11"),
    ),
    Course(
        "mashhad-tejen-railway", ("north-south/eastern-branch",),
        (
            Rail(((59.628, 36.300), (61.154, 36.498)), simplify_m=WORLD_M / 2),
            Straight(
                (
                    (61.154, 36.498), (61.180, 36.535), (61.210, 36.520), (60.800, 37.030),
                    (60.516, 37.393),
                ),
                35_000.0, "GN",
            ),
        ),
        "approximate",
        f"{TRACKS} to Sarakhs; from there to Tejen straight, the band being what the 130 km "
        "published for that part allow",
        ("G8", "GN"),
    ),
    Course(
        "tejen-bereket-railway", ("north-south/eastern-branch",),
        (
            Straight(
                (
                    (60.516, 37.393), (60.154, 37.230), (59.610, 37.350), (58.520, 37.890),
                    (58.387, 37.948),
                ),
                15_000.0, "GN",
            ),
            Rail(((58.387, 37.948), (55.503, 39.250)), simplify_m=WORLD_M / 2),
        ),
        "schematic",
        f"{TRACKS} from Ashgabat on; from Tejen straight legs between towns on the way",
        ("G8", "GN"),
    ),
    Course(
        "bolashak-incheh-borun-railway", ("north-south/eastern-branch",),
        (
            Straight(((53.840, 42.320), (54.600, 41.500), (55.117, 40.843)), 60_000.0, "GN"),
            Rail(((55.117, 40.843), (55.503, 39.250), (54.740, 37.710))),
            Straight(((54.740, 37.710), INCHEH_BORUN), 6000.0, "NE"),
        ),
        "approximate",
        f"{TRACKS} from Gyzylgaya to Etrek, whose one leg of 216 km of track sets the band; from "
        "Bolashak to Gyzylgaya straight; neither border station has a published coordinate; 470 "
        "km, also published, do not fit",
        ("G8", "GN", "NE"),
    ),
    Course(
        "beyneu-uzen-railway", ("north-south/eastern-branch",),
        (
            Straight(((53.340, 47.650), (54.020, 46.950), (55.207, 45.300)), 30_000.0, "GN"),
            Rail(((55.207, 45.300), (52.174, 44.140)), simplify_m=WORLD_M),
            Straight(((52.174, 44.140), (52.860, 43.340)), 30_000.0, "GN"),
        ),
        "approximate",
        f"{TRACKS} from Beyneu to Shetpe; the rest straight legs between towns on the way",
        ("G8", "GN"),
    ),
    Course(
        "astrakhan-moscow-railway", ("north-south/common-legs",),
        (Rail((ASTRAKHAN, MOSCOW), simplify_m=2 * WORLD_M),), "schematic",
        "the shortest way along OpenStreetMap's tracks; no source says which lines a train takes: "
        "the band holds the ways by Volgograd; one by Saratov runs up to 285 km to the side",
        ("G8",), band_m=160_000.0,
    ),
    Course(
        "astrakhan-maqat-railway", ("north-south/eastern-branch",),
        (
            Straight(
                (
                    ASTRAKHAN, (48.340, 46.530), (48.670, 46.560), (49.270, 46.680),
                    (51.010, 47.220), (51.880, 47.100), (52.970, 47.530), (53.340, 47.650),
                ),
                30_000.0, "GN",
            ),
        ),
        "schematic", "straight legs between towns on the way; the bends are not drawn",
        ("GN", "NE"),
    ),
    Course(
        "moscow-st-petersburg-railway", ("north-south/common-legs",),
        (Rail(((37.651, 55.777), ST_PETERSBURG), simplify_m=WORLD_M),), "approximate",
        TRACKS, ("G8",),
    ),
    Course(
        "instc-western-route", ("azerbaijan-iran/context",),
        (
            Rail((TEHRAN, QAZVIN)), Line("qazvin-rasht-railway"),
            Line("rasht-astara-railway"),
            Line("astara-astara-railway", turned=True),
            Line("astara-alat-railway"), Line("alat-yalama-railway"),
        ),
        "schematic",
        "along OpenStreetMap's tracks from Tehran to Rasht and from Lankaran to Yalama; the "
        "missing line from Rasht to Astara by the coast towns; its widest leg, Salyan to Lankaran, "
        "sets the band", ("G8", "G1", "G2", "G4"),
    ),
    Course(
        "instc-russia-route", ("azerbaijan-iran/context",),
        (
            Line("yalama-astrakhan-railway"), Line("astrakhan-moscow-railway"),
            Straight((MOSCOW, (37.651, 55.777)), 5000.0, "G8"),
            Line("moscow-st-petersburg-railway"),
        ),
        "schematic",
        "the shortest way along OpenStreetMap's tracks; no source says which lines a train takes "
        "between Astrakhan and Moscow: the band holds the ways by Volgograd",
        ("G8",), band_m=160_000.0,
    ),
    Course(
        "instc-bandar-abbas-tehran", ("azerbaijan-iran/context",),
        (
            Line("bandar-abbas-bafq-railway"),
            Rail((BAFQ, TEHRAN), simplify_m=WORLD_M),
        ),
        "schematic",
        "along OpenStreetMap's tracks by Bafq, Yazd and Qom; other lines join the same cities",
        ("G8",),
    ),
)  # fmt: skip
