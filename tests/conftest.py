"""What tests of several rooms share: the built site, one for the whole run."""

import fcntl
import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site: the one that SITE_DIR names, else built once for the run."""
    named = os.environ.get("SITE_DIR")
    if named:
        if not (Path(named) / "index.html").is_file():
            pytest.fail(f"SITE_DIR names {named}, which holds no built site: the build failed, or the name is wrong")
        return Path(named)
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    built = shared / "site-for-browser-tests"  # the browser tests use the same
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two test processes: one builds, the other waits
        if not (built / "index.html").is_file():
            from build_scripts.build_site import build_site  # only where it is needed: most tests need no build

            build_site(built)
    return built
