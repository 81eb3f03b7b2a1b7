"""Put the base data (world outline, fonts, places) and the browser's side into the wheel.

A hatchling build hook. The data is fetched and made in a temporary folder and then included
as `corridormap/assets`; an editable install, whose `corridormap` is the checkout's, has the
package `corridormap_assets` instead. The source tree is never written to.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = "corridormap/assets"
ASSETS_OF_A_CHECKOUT = "corridormap_assets"


class BaseDataHook(BuildHookInterface[BuilderConfig]):
    """Build the base data for a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the assets and name them for inclusion."""
        if self.target_name != "wheel":
            return
        sys.path.insert(0, self.root)
        sys.dont_write_bytecode = True  # no __pycache__ beside the sources
        try:
            from base.build import build_assets, corridor_files
        finally:
            sys.path.remove(self.root)
        self.temporary = Path(tempfile.mkdtemp(prefix="corridormap-"))
        root = Path(self.root)
        # Through the link of a checkout, or the folder of an sdist.
        sources = (root / "corridormap" / "app" / "browser").resolve()
        assets = build_assets(root / "base", sources, self.temporary)
        if version == "editable":
            build_data["force_include_editable"][str(assets)] = ASSETS_OF_A_CHECKOUT
            return
        build_data["force_include"][str(assets)] = ASSETS
        for file, name in corridor_files(root / "data"):
            build_data["force_include"][str(file)] = f"{ASSETS}/corridors/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        del version, build_data, artifact_path
        temporary = getattr(self, "temporary", None)
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
