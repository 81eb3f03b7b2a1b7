"""Find the files that ship with the tool: Leaflet, fonts, the world, places, corridors.

They are made when the tool is installed, and lie in its package; where that is a checkout, in a
package beside it (hatch_build.py). This module only finds them: it reads none and fetches none.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from corridormap.geo.errors import AssetError

__all__ = ["asset_path", "corridor_roots"]

_INSTALLED = Path(__file__).parents[1] / "assets"
_OF_A_CHECKOUT = "corridormap_assets"
_CHECKOUT = Path(__file__).resolve().parent.parent


def asset_path(name: str) -> Path:
    """Return the path of a file of the base data.

    Parameters
    ----------
    name
        Path inside the package, with forward slashes: ``fonts/NotoSans-Regular.ttf``.

    Raises
    ------
    AssetError
        If the file is not there, or `name` leads out of the package.
    """
    folder = _package_folder()
    path = folder / name
    if ".." in Path(name).parts or Path(name).is_absolute() or not path.is_file():
        raise AssetError("base-data-file-is-missing", file=f"assets/{name}")
    return path


def corridor_roots() -> tuple[Path, ...]:
    """Return the folders that hold the built-in corridors, one folder for each corridor.

    A source checkout's own ``data/`` comes before what was installed, so that an edit of the
    data shows at once.
    """
    checkout = _CHECKOUT / "data"
    if (_CHECKOUT / "pyproject.toml").is_file() and any(checkout.glob("*/corridor.toml")):
        return (checkout,)
    installed = _package_folder() / "corridors"
    return (installed,) if installed.is_dir() else ()


@cache
def _package_folder() -> Path:
    if _INSTALLED.is_dir():
        return _INSTALLED
    spec = find_spec(_OF_A_CHECKOUT)
    if spec is None or spec.origin is None:
        raise AssetError("base-data-is-not-installed", file=_INSTALLED.name)
    return Path(spec.origin).parent
