"""An atlas: its pages, what each is framed on, and that nothing on them overlaps."""

from __future__ import annotations

import io
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from corridormap.geo.errors import ViewError
from corridormap.geo.measure import bbox_of, distance_m
from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture.atlas.atlas import AtlasWish, render_atlas
from corridormap.layers.picture.atlas.blocks import Block, Part, balanced_columns, filled_columns
from corridormap.layers.picture.atlas.plan import choose_subjects, extent_of, view_of
from corridormap.layers.picture.page.flow import wrap
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.scene.view import default_view
from tests.sweeping import SWEEP

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.atlas import Atlas
    from corridormap.layers.picture.atlas.report import AtlasReport, PageReport
    from corridormap.layers.picture.atlas.sheet import Paper

IDS = (
    "astara-road-bridge-2023",
    "rasht-astara-railway",
    "nakhchivan",
    "town-alat",
    "claim-aghband-start",
    "claim-nakhchivan-transport",
    "claim-ministry-report",
)


@cache
def built_in() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


def draw(corridor: Corridor, *ids: str, paper: Paper = "a4", **more: Any) -> Atlas:
    wish = AtlasWish("all", ids, paper)
    outline = partial(tiers, detail=corridor.outline)
    return render_atlas(corridor, default_view(corridor), wish, tiers_of=outline, **more)


def ids_on(paper: Paper) -> tuple[str, ...]:
    """Return what the atlas of a paper shows; of a larger paper, two are enough."""
    return IDS if SWEEP or paper == "a4" else IDS[:2]


@cache
def atlas(paper: Paper = "a4") -> Atlas:
    return draw(built_in(), *ids_on(paper), paper=paper)


def pages_of(report: AtlasReport, subject: str) -> list[PageReport]:
    return [page for page in report.pages if page.subject == subject]


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_first_the_overview_then_each_subject_then_promises_and_sources(paper: Paper) -> None:
    report = atlas(paper).report
    subjects = list(dict.fromkeys(page.subject for page in report.pages))
    assert subjects[0] == "overview"
    assert subjects[-2:] == ["promises", "sources"]
    assert set(subjects[1:-2]) == set(ids_on(paper))
    assert [page.number for page in report.pages] == list(range(1, len(report.pages) + 1))


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_map_and_text_lie_on_the_paper_and_apart(paper: Paper) -> None:
    width, height = {"a4": (793.7, 1122.5), "a3": (1122.5, 1587.4)}[paper]
    for page in atlas(paper).report.pages:
        for box in page.boxes:
            assert box.left > 30, page
            assert box.right < width - 30, page
            assert box.top > 50, page
            assert box.bottom < height - 50, page
        for one, other in combinations(page.boxes, 2):
            assert not one.overlaps(other), page


def test_every_label_lies_in_its_map_and_on_no_other() -> None:
    for page in atlas().report.pages:
        if page.map is None:
            continue
        for label in page.map.labels:
            assert page.map.map_box.holds(label.box), label
        for one, other in combinations(page.map.labels, 2):
            assert not one.box.overlaps(other.box), (one.text, other.text)


def test_a_map_is_never_squeezed_and_no_page_is_half_empty() -> None:
    for page in atlas().report.pages:
        filled = sum(box.height for box in page.boxes) / 1122.5
        if page.map is not None:
            assert page.map.map_box.height > 0.25 * 1122.5, page.subject
            assert filled > 0.65, page.subject
    for subject in IDS:
        for page in pages_of(atlas().report, subject):
            assert sum(box.height for box in page.boxes) / 1122.5 > 0.5, subject


def test_each_map_shows_the_whole_of_its_subject() -> None:
    features = {feature.id: feature for feature in resolve(built_in()).features}
    for subject in IDS:
        page = pages_of(atlas().report, subject)[0]
        shown = [features[subject]] if subject in features else _of_claim(subject)
        inner = bbox_of(feature.geometry for feature in shown)
        assert page.map is not None
        assert inner is not None
        west, south, east, north = page.map.map_bbox
        assert west < inner[0]
        assert south < inner[1]
        assert east > inner[2]
        assert north > inner[3]


def _of_claim(claim: str) -> list[Any]:
    chosen, _ = choose_subjects(built_in(), default_view(built_in()), ids=(claim,))
    return list(chosen[0].features)


def test_a_point_is_shown_with_its_ring_and_its_surroundings() -> None:
    features = {feature.id: feature for feature in resolve(built_in()).features}
    bridge = extent_of([features["astara-road-bridge-2023"]])
    across = distance_m((bridge[0], bridge[1]), (bridge[2], bridge[1]))
    assert 20_000 < across < 40_000
    vague = features["ordubad-siyahrud-bridge"]
    west, south, east, _ = extent_of([vague])
    assert vague.position.ring_m is not None
    assert distance_m((west, south), (east, south)) > 4 * vague.position.ring_m


def test_the_subject_is_lit_and_its_layer_is_shown() -> None:
    corridor = built_in()
    view = default_view(corridor)
    claim = _subject("claim-embassy-closed")
    seen = view_of(claim, view, corridor)
    assert "context" in seen.layers
    assert seen.claim == "claim-embassy-closed"
    assert seen.selected is None
    bridge = view_of(_subject("astara-road-bridge-2023"), view, corridor)
    assert bridge.selected == "astara-road-bridge-2023"
    assert bridge.layers == view.layers


def _subject(identity: str) -> Any:
    return choose_subjects(built_in(), default_view(built_in()), ids=(identity,))[0][0]


def test_claims_or_the_features_of_the_layers_can_be_chosen() -> None:
    corridor = built_in()
    view = default_view(corridor).model_copy(update={"layers": ("bridges",)})
    claims, _ = choose_subjects(corridor, view, of="claims")
    assert {subject.kind for subject in claims} == {"claim"}
    assert [s.claim.number for s in claims if s.claim] == sorted(
        s.claim.number for s in claims if s.claim
    )
    features, _ = choose_subjects(corridor, view, of="features")
    assert [subject.id for subject in features] == list(
        next(layer for layer in corridor.layers if layer.id == "bridges").features
    )


def test_what_is_not_known_yet_is_left_out_and_named() -> None:
    corridor = built_in()
    view = default_view(corridor).model_copy(update={"date": "1999-01-01"})
    chosen, left_out = choose_subjects(corridor, view, of="features")
    assert "aghband-kalaleh-road-bridge" in left_out
    assert "aghband-kalaleh-road-bridge" not in {subject.id for subject in chosen}
    named, _ = choose_subjects(corridor, view, ids=("aghband-kalaleh-road-bridge",))
    assert len(named) == 1


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(ViewError, match="no claim and no feature 'nowhere'"):
        choose_subjects(built_in(), default_view(built_in()), ids=("nowhere",))


def test_the_pdf_has_bookmarks_language_title_and_fonts() -> None:
    made = atlas()
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert len(pdf.pages) == len(made.report.pages)
        assert str(pdf.Root.Lang) == "en"
        assert pdf.open_metadata()["dc:title"] == "Azerbaijan–Iran transport corridor: atlas"
        with pdf.open_outline() as outline:
            titles = [str(item.title) for item in outline.root]
            below = [str(item.title) for entry in outline.root for item in entry.children]
            goals: list[Any] = [item.destination for item in outline.root]
            leads = [pikepdf.Page(goal[0]) for goal in goals]
            places = [pdf.pages.index(leaf) for leaf in leads]
        assert places[0] == 0
        assert places[-1] == pages_of(made.report, "sources")[0].number - 1
        assert titles[0] == "Overview"
        assert titles[-1] == "Sources"
        assert len(below) == len(IDS)
        fonts = [
            font for page in pdf.pages for font in dict(page.obj.Resources.Font.items()).values()
        ]
        assert fonts
        for font in fonts:
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile2" in descriptor


def test_contents_lead_to_pages_and_sources_to_their_addresses() -> None:
    with pikepdf.open(io.BytesIO(atlas().pdf)) as pdf:
        inner = [a for a in pdf.pages[0].obj.Annots if "/Dest" in a]
        assert len(inner) >= 2 * (len(IDS) + 2)
        found = [pdf.pages.index(pikepdf.Page(a.Dest[0])) + 1 for a in inner]
        wanted = [page.number for page in atlas().report.pages if page.subject != "overview"]
        assert set(found) <= set(wanted)
        assert len(set(found)) == len(IDS) + 2
        addresses = [
            str(a.A.URI)
            for page in list(pdf.pages)[1:]
            for a in page.obj.get("/Annots", [])
            if "/A" in a
        ]
        assert addresses
        assert all(address.startswith(("https://", "http://")) for address in addresses)


def test_a_screen_reader_finds_title_map_and_text_of_every_page() -> None:
    made = atlas()
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        sections = list(pdf.Root.StructTreeRoot.K[0].K)
        assert len(sections) == len(pdf.pages)
        for section, page, report in zip(sections, pdf.pages, made.report.pages, strict=True):
            parts = list(section.K)
            assert {part.Pg.objgen for part in parts} == {page.obj.objgen}
            assert sorted(int(part.K) for part in parts) == list(range(len(parts)))
            roles = [str(part.S) for part in parts]
            assert roles[0] == "/H1"
            figures = [part for part in parts if str(part.S) == "/Figure"]
            assert len(figures) == (1 if report.map else 0), report
            for figure in figures:
                assert str(figure.Alt).startswith("Map: Azerbaijan–Iran transport corridor")
                assert parts.index(figure) in {1, 2}
            stream = page.obj.Contents.read_bytes()
            assert stream.count(b" BDC\n") == len(parts)
            assert stream.count(b"EMC\n") == stream.count(b" BDC\n") + stream.count(b" BMC\n")


def test_the_pages_of_a_list_say_that_they_go_on() -> None:
    made = atlas()
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        titles = [str(section.T) for section in pdf.Root.StructTreeRoot.K[0].K]
    numbers = [page.number for page in pages_of(made.report, "sources")]
    named = [titles[number - 1] for number in numbers]
    assert named == ["Sources", *["Sources, continued"] * (len(numbers) - 1)]
    assert len(numbers) > 1


def test_a_line_known_less_well_than_the_map_is_wide_does_not_veil_it() -> None:
    corridor = load_corridor(find_corridor("north-south"))
    made = draw(corridor, "node-moscow", "astrakhan-moscow-railway")
    town = pages_of(made.report, "node-moscow")[0].map
    line = pages_of(made.report, "astrakhan-moscow-railway")[0].map
    assert town is not None
    assert line is not None
    assert {label.id for label in town.labels}.isdisjoint({"astrakhan-moscow-railway"})
    assert "astrakhan-moscow-railway" in {label.id for label in line.labels}


def test_the_same_wish_gives_the_same_bytes() -> None:
    ids = ("town-alat", "claim-ministry-report")
    assert draw(built_in(), *ids).pdf == draw(built_in(), *ids).pdf


def test_progress_is_told_before_every_page_and_at_the_end() -> None:
    told: list[tuple[int, int, str]] = []
    draw(built_in(), "town-alat", progress=lambda *at: told.append(at))
    assert [done for done, _, _ in told] == [0, 1, 4]
    assert {total for _, total, _ in told} == {4}
    assert told[0][2] == "Alat"


def test_a_progress_that_raises_stops_it() -> None:
    class StopError(Exception):
        pass

    def stop(*_: object) -> None:
        raise StopError

    with pytest.raises(StopError):
        draw(built_in(), "town-alat", progress=stop)


def test_a_corridor_of_its_own_without_article_or_claims_has_an_atlas(tiny: Any) -> None:
    tiny.annotations = []
    tiny.manifest = tiny.manifest.replace('[article]\nsource = "S1"\n', "")
    corridor = tiny.load()
    made = draw(corridor, "north-bridge", "district", "cable")
    assert made.report.pages[0].subject == "overview"
    assert {"north-bridge", "district", "cable"} <= {page.subject for page in made.report.pages}


def block(*, keep: bool = False, height: int = 1) -> Block:
    words = " ".join(["word"] * height)
    flow = wrap([Words(words, 10.0, "#000000")], 12.0, leading=1.0)
    return Block((Part(flow),), before=5.0, keep=keep)


def test_columns_are_balanced_and_keep_the_order() -> None:
    blocks = [block() for _ in range(9)]
    columns = balanced_columns(blocks, 2, 100.0, 10.0)
    assert [len(column) for column in columns.columns] == [5, 4]
    assert [b for column in columns.columns for b in column] == blocks


def test_a_heading_never_ends_a_column() -> None:
    blocks = [block(), block(), block(keep=True), block()]
    one = block().height
    columns, rest = filled_columns(blocks, 1, 100.0, 10.0, height=3 * one + 12.0)
    assert len(columns.columns[0]) == 2
    assert rest == tuple(blocks[2:])


def test_what_is_taller_than_a_page_is_still_set() -> None:
    columns, rest = filled_columns([block(height=20)], 2, 100.0, 10.0, height=10.0)
    assert sum(len(column) for column in columns.columns) == 1
    assert rest == ()
