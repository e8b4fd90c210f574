"""What MkDocs calls for the pages about the rules: the build writes them, and sets files for other tools beside them.

Comes before hooks.py in mkdocs.yml, so that these pages are checked and set like all others.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # MkDocs loads this file by its path, so its neighbours are not yet importable
    sys.path.insert(0, str(ROOT))

from mkdocs.structure.files import File, InclusionLevel  # noqa: E402

from build_scripts import export_dmn, rule_schemas  # noqa: E402
from build_scripts.compile_rules import built_rulebook  # noqa: E402
from build_scripts.prove_rules import known_proof  # noqa: E402
from build_scripts.rule_files import RULES, read_rule_files  # noqa: E402
from build_scripts.rule_pages import SCORE_FILE, mutation_score, pages  # noqa: E402
from build_scripts.rule_words import read_rule_words  # noqa: E402

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_SCORE = ROOT / "docs" / "_data" / "mutation.json"


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages about the rules as if they stood in docs/.

    They are not in the menu, on purpose: rules/index.md is, and lists them all.
    """
    rules = built_rulebook()
    score = mutation_score(_SCORE)
    published = read_rule_files().version["published"]
    for path, text in pages(rules, known_proof(rules), read_rule_words(RULES), score, published).items():
        files.append(File.generated(config, path, content=text, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_post_build(*, config: MkDocsConfig) -> None:
    """Set the tables as other tools read them, and the forms of the rule files, beside the pages."""
    rules = built_rulebook()
    folder = Path(config.site_dir) / "rules"
    export_dmn.export_all(rules, folder)
    rule_schemas.export_all(folder / "schemas")
    if _SCORE.exists():
        shutil.copyfile(_SCORE, folder / SCORE_FILE)
