"""What a draft costs grows with its size, and nonsense is refused before it costs anything."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.saving.edits import MOST_FAULTS, MOST_OPERATIONS, parse_operations
from corridormap.layers.saving.json_patch import patched
from corridormap.layers.saving.told import told_of_operations
from tests.sweeping import SWEEP
from tests.test_security import web

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import Served

DATA = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
ANNOTATION = json.loads((DATA / "annotations.jsonld").read_text(encoding="utf-8"))["items"][0]


def put(number: int) -> dict[str, Any]:
    """Return an operation that adds an annotation."""
    return {"op": "put_annotation", "annotation": {**ANNOTATION, "id": f"more-{number}"}}


@pytest.fixture(scope="module")
def served(launch: Callable[..., Served], tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Return a server of a corridor that may be changed."""
    folder = tmp_path_factory.mktemp("corridors") / "azerbaijan-iran"
    shutil.copytree(DATA, folder)
    return launch(str(folder))


def drafted(served: Served, body: bytes) -> tuple[int, dict[str, Any], float, float]:
    """Return status and answer of a draft, and what it took: processor seconds and bytes."""
    path = "/corridormap/c/azerbaijan-iran/edit/draft"
    process = psutil.Process(served.process.pid)
    before, memory = process.cpu_times(), process.memory_info().rss
    came = web.get(served.url, path, body=body, timeout_s=120)
    after = process.cpu_times()
    seconds = after.user + after.system - before.user - before.system
    return came.status, came.json, seconds, process.memory_info().rss - memory


@pytest.mark.parametrize(
    "body",
    [
        b'{"base":"x","ops":[' + b"{}," * 1_000_000 + b"{}]}",
        b'{"base":"x","ops":[' + b"{}," * 20_000_000 + b"{}]}",
        b'{"base":"x","ops":[' + b"1," * 9_000 + b"1]}",
        b'{"base":"x","ops":[{"op":"add_layer","layer":{"id":"a","title":"A"},"features":['
        + b"1," * 1_000_000
        + b"1]}]}",
        b'{"base":"x","ops":[{"op":"put_source"'
        + b"".join(b',"k%d":1' % number for number in range(200_000))
        + b"}]}",
        b'{"base":"x","ops":[{"op":"put_feature","layer":"bridges","feature":{"id":"a",'
        b'"geometry":{},"properties":{"status_history":[' + b"1," * 1_000_000 + b"1]}}}]}",
    ],
    ids=["3 MB of nothing", "60 MB of nothing", "numbers", "features", "names", "a history"],
)
def test_nonsense_is_refused_at_little_cost(served: Served, body: bytes) -> None:
    status, told, seconds, grown = drafted(served, body)
    assert status == 400
    assert told["error"]
    assert seconds < 12
    assert grown < 300_000_000


def test_as_many_good_annotations_as_a_draft_may_have_take_seconds(served: Served) -> None:
    most = MOST_OPERATIONS if SWEEP else MOST_OPERATIONS // 3
    operations = [put(number) for number in range(most)]
    few, many = (
        drafted(served, json.dumps({"base": "x", "ops": each}).encode())
        for each in (operations[: most // 10], operations)
    )
    assert (few[0], many[0]) == (200, 200)
    assert many[2] < 30 * max(0.3, few[2])  # ten times as much; a hundred would be its square


def test_no_more_faults_are_told_than_are_read() -> None:
    with pytest.raises(CorridorFormatError) as caught:
        parse_operations([{"op": "put_source"}] * MOST_OPERATIONS)
    assert len(caught.value.faults) == MOST_FAULTS + 1
    assert "only 100 were looked at" in caught.value.faults[-1].problem
    bad = [{**put(n), "annotation": {"id": f"a{n}"}} for n in range(1_000)]
    assert len(told_of_operations(parse_operations(bad))) == MOST_FAULTS


@pytest.mark.parametrize(
    ("operations", "said"),
    [
        ([put(n) for n in range(MOST_OPERATIONS + 1)], "there are 10,001"),
        ([{**put(1), "annotation": {"id": "a", "x": "y" * 6_000_000}}], "MB large"),
        ([{"op": "put_article", "article": {}}] * 201, "too many of them change layers"),
    ],
)
def test_each_limit_is_told(operations: list[Any], said: str) -> None:
    with pytest.raises(CorridorFormatError, match=said):
        parse_operations(operations)


def test_lists_of_entries_that_all_look_alike_are_compared_soon() -> None:
    old: Any = {"a": [[n % 2] for n in range(2_000)]}
    new: Any = {"a": [[0], [0], *old["a"][::-1], [1], [1]]}
    begun = time.process_time()
    text = json.dumps(old, indent=1)
    assert json.loads(patched(text, old, new)) == new
    assert time.process_time() - begun < 20
