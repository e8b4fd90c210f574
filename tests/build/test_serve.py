"""The server for reading the built site: right types, below any path, and nothing from outside the site."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from build_scripts.workshop.serve import SiteServer, start_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    """A small site below a path, with a secret file beside its folder."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("index.html", "404.html", "script.mjs", "python.wasm", "engine.whl", "plan.ics"):
        (site / name).write_text(name, "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    started = start_server(site, under="/procedures/", headers={"X-Extra": "yes"})
    yield started
    started.shutdown()
    started.server_close()


def _get(server: SiteServer, path: str) -> tuple[HTTPResponse, str]:
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=10)
    connection.request("GET", path)
    response = connection.getresponse()
    return response, response.read().decode("utf-8")


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("script.mjs", "text/javascript; charset=utf-8"),
        ("python.wasm", "application/wasm"),
        ("engine.whl", "application/zip"),
        ("plan.ics", "text/calendar; charset=utf-8"),
        ("", "text/html; charset=utf-8"),
    ],
)
def test_files_come_with_the_type_that_browsers_insist_on(server: SiteServer, name: str, type_: str) -> None:
    """A script of another type is not run, and wasm of another type is not compiled while it arrives."""
    response, _ = _get(server, f"/procedures/{name}")
    assert response.status == 200
    assert response.getheader("Content-Type") == type_
    assert response.getheader("X-Extra") == "yes"


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/procedures/nothing", "/procedures/../secret.txt", "/procedures/%2e%2e/secret.txt"]
)
def test_what_is_not_the_sites_gets_the_sites_own_page_for_that(server: SiteServer, path: str) -> None:
    """Outside its path and its folder there is nothing, and the reader is told on a page of the site."""
    response, text = _get(server, path)
    assert response.status == 404
    assert text == "404.html"


def test_only_this_machine_can_reach_it(server: SiteServer) -> None:
    """It is for reading here, not for a live service."""
    assert server.server_address[0] == "127.0.0.1"
