"""What MkDocs calls for records: adds the schema of a record to what stands in docs/, so that pages can link it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # MkDocs loads this file by its path, so its neighbours are not yet importable
    sys.path.insert(0, str(ROOT))

from mkdocs.structure.files import File  # noqa: E402

from build_scripts.record_schema import ADDRESS, record_schema  # noqa: E402
from cse_pathway.rulebook import load  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the schema of a record."""
    files.append(File.generated(config, ADDRESS, content=json.dumps(record_schema(load()), indent=1) + "\n"))
    return files
