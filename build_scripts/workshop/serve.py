"""Serving the built site on this machine, for reading and for tests.

Run as `python -m build_scripts.workshop.serve [--site-dir DIR] [--port N] [--under PATH]`. Not for a live service: any
web server can serve the folder `site/`.
"""

from __future__ import annotations

import argparse
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType

__all__ = ["SitePages", "SiteServer", "start_server"]

ONLY_THIS_MACHINE = "127.0.0.1"
TRIES = 20
"""How many ports are tried, from the one asked for upwards."""


class SitePages(SimpleHTTPRequestHandler):
    """Hands out the files of the site, with the types that browsers insist on."""

    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 (so declared by the base class)
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ics": "text/calendar; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
        ".zip": "application/zip",
    }
    under = "/"
    quiet = True
    extra: Mapping[str, str] = MappingProxyType({})
    """Sent with every answer."""

    def translate_path(self, path: str) -> str:
        """The file for an address below the path that the site is served under."""
        if not path.startswith(self.under):
            return str(Path(self.directory) / "no-such-page-outside-the-site")
        return super().translate_path("/" + path.removeprefix(self.under))

    def end_headers(self) -> None:
        """Add that a page is asked for anew each time, so that a rebuilt site shows at once."""
        self.send_header("Cache-Control", "no-cache")
        for name, value in self.extra.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a missing page with the site's own page for that, where it has one."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (the base class names it so)
        """Say nothing of each request unless asked to."""
        if not self.quiet:
            super().log_message(format, *arguments)


class SiteServer(ThreadingHTTPServer):
    """A server of one folder, reachable from this machine only; `address` is where the site begins."""

    daemon_threads = True

    def __init__(
        self,
        site: Path,
        port: int,
        under: str = "/",
        headers: Mapping[str, str] | None = None,
        *,
        quiet: bool = True,
        pages: type[SitePages] = SitePages,
    ) -> None:
        """Serve the folder `site` at `port` (0: any free one) under the path `under`, with a slash at both its ends.

        `headers` are sent with every answer; `pages` is what answers.
        """
        settings = {"under": under, "extra": headers or {}, "quiet": quiet}
        handler: Callable[..., SitePages] = type("_PagesHere", (pages,), settings)
        super().__init__((ONLY_THIS_MACHINE, port), partial(handler, directory=str(site)))
        self.address = f"http://{ONLY_THIS_MACHINE}:{self.server_address[1]}{under}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader who leaves in mid-page is no error worth a traceback."""


def start_server(site: Path, port: int = 0, under: str = "/", headers: Mapping[str, str] | None = None) -> SiteServer:
    """Serve `site` from a thread of its own until `shutdown()` is called. For tests."""
    server = SiteServer(site, port, under, headers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _first_free(site: Path, port: int, under: str, quiet: bool) -> SiteServer:
    for candidate in range(port, port + TRIES):
        try:
            return SiteServer(site, candidate, under, quiet=quiet)
        except OSError:
            print(f"Port {candidate} is taken; trying the next one.")
    raise SystemExit(f"No port from {port} to {port + TRIES - 1} is free. Name another: make serve PORT=9000")


def main() -> None:
    """Serve the site until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve the built site here.")
    parser.add_argument("--site-dir", type=Path, default=Path("site"), help="the built site (default: site)")
    parser.add_argument("--port", type=int, default=8000, help="the port to try first (default: 8000)")
    parser.add_argument("--under", default="/", help="serve below this path, such as /procedures/ (default: /)")
    parser.add_argument("--log", action="store_true", help="print a line for each request")
    options = parser.parse_args()
    if not (options.site_dir / "index.html").is_file():
        raise SystemExit(f"{options.site_dir} holds no built site (no index.html). Build it first: make site")
    under = "/" + options.under.strip("/") + "/" if options.under.strip("/") else "/"
    server = _first_free(options.site_dir.resolve(), options.port, under, not options.log)
    print(f"\nThe site is at {server.address}\nOnly this machine can reach it. Stop it with Ctrl-C.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
