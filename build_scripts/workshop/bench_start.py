"""How long the reader waits for the first decision, and how many bytes that takes: ours beside Pyodide as it comes.

Run as `make bench`, or `python -m build_scripts.workshop.bench_start [--rounds N] [--mbit N --latency MS]`.
Both start in a worker, install the same wheel by micropip and decide the same case; the files come with Brotli. Read
the figures as ratios: the runs alternate, since a machine's speed changes.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from playwright.sync_api import sync_playwright

from build_scripts import ROOT
from build_scripts.build_site import BUNDLE
from build_scripts.bundle.assemble import build_bundle
from build_scripts.workshop.browsers import FLAGS, find_chromium
from build_scripts.workshop.serve import SitePages, SiteServer

__all__ = ["main"]

COMPRESSED = ROOT / "build" / "bench"
CASE = '{"as_of": "2026-11-23T10:30", "now": {"immediate_risk": "yes"}}'
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title><link rel="icon" href="data:,">
<script type="module" src="page.mjs"></script></head><body></body></html>"""
OURS = """import { createEngine } from "./assets/engine/client.mjs";
window.first = createEngine().decide(%s).then(() => performance.now());
"""
PLAIN = """const worker = new Worker("worker.mjs", { type: "module" });
window.first = new Promise((resolve, reject) => {
  worker.onmessage = () => resolve(performance.now());
  worker.onerror = (event) => reject(new Error(event.message));
});
"""
PLAIN_WORKER = """import { loadPyodide } from "./pyodide/pyodide.mjs";
const here = new URL("./pyodide/", import.meta.url).href;
const python = await loadPyodide({ indexURL: here });
await python.loadPackage(here + %s, { messageCallback() {} });
python.globals.set("wheel", here + %s);
python.globals.set("case", %s);
self.postMessage(await python.runPythonAsync(`
import micropip
await micropip.install(wheel, deps=False)
from cse_pathway import decide_json
decide_json(case)
`));
"""


@dataclass(slots=True)
class Line:
    """A connection that all requests of a page share, and what went over it."""

    bytes_a_second: float
    """0: no limit."""
    latency: float
    """Seconds until an answer begins."""
    sent: int = 0
    free_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, chunk: bytes) -> None:
        """Take the time that it takes to send a chunk once the line is free."""
        with self.lock:
            self.sent += len(chunk)
            if self.bytes_a_second:
                self.free_at = max(time.monotonic(), self.free_at) + len(chunk) / self.bytes_a_second
            until = self.free_at
        time.sleep(max(0.0, until - time.monotonic()))


class _Slowly(SitePages):
    """Hands out compressed files over a line of a given speed, which all requests share, and counts the bytes."""

    line = Line(0, 0)

    def send_head(self) -> BinaryIO | None:
        """Answer with the compressed file."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() else path
        file = page.with_name(f"{page.name}.br")
        if not file.is_file():
            self.send_error(404)
            return None
        time.sleep(self.line.latency)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(page)))
        self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(file.stat().st_size))
        self.end_headers()
        return file.open("rb")

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send the file, chunk by chunk, each when the line is free."""
        while chunk := source.read(16_384):
            self.line.send(chunk)
            outputfile.write(chunk)


def _lay_out(folder: Path) -> dict[str, Path]:
    """Two sites that do the same: Pyodide as it comes, and ours."""
    BUNDLE.parent.mkdir(exist_ok=True)
    with (BUNDLE.parent / "one-build-at-a-time.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # a build of the site may be under way
        manifest = build_bundle(BUNDLE)
        shutil.copytree(BUNDLE, folder / "bundle")
    bundle = folder / "bundle"
    wheel = bundle / manifest["engine"]["wheel"]
    micropip = next((ROOT / ".venv" / "browser-wheels").glob("micropip-*.whl"))
    plain, ours = folder / "plain", folder / "ours"
    pyodide = plain / "pyodide"
    pyodide.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip"):
        shutil.copy(ROOT / "node_modules" / "pyodide" / name, pyodide)
    shutil.copy(wheel, pyodide)
    shutil.copy(micropip, pyodide)
    worker = PLAIN_WORKER % (json.dumps(micropip.name), json.dumps(wheel.name), json.dumps(CASE))
    (plain / "worker.mjs").write_text(worker, "utf-8")
    (plain / "page.mjs").write_text(PLAIN, "utf-8")
    shutil.copytree(bundle, ours / "assets" / "engine")
    for script in (ROOT / "site_overrides" / "assets" / "engine").glob("*.mjs"):
        shutil.copy(script, ours / "assets" / "engine")
    (ours / "page.mjs").write_text(OURS % json.dumps(CASE), "utf-8")
    for site in (plain, ours):
        (site / "index.html").write_text(HTML, "utf-8")
        for file in [file for file in site.rglob("*") if file.is_file()]:
            file.with_name(f"{file.name}.br").write_bytes(_compressed(file))
    return {"plain": plain, "ours": ours}


def _compressed(file: Path) -> bytes:
    """Compress by Brotli's strongest setting, in Node; kept, since the runtime takes a minute."""
    COMPRESSED.mkdir(parents=True, exist_ok=True)
    kept = COMPRESSED / f"{hashlib.sha256(file.read_bytes()).hexdigest()}.br"
    if not kept.is_file():
        script = (
            'const fs = require("fs"), zlib = require("zlib"), [, from, to] = process.argv;'
            "const params = { [zlib.constants.BROTLI_PARAM_LGWIN]: 24 };"
            "fs.writeFileSync(to, zlib.brotliCompressSync(fs.readFileSync(from), { params }));"
        )
        subprocess.run(("node", "-e", script, str(file), str(kept)), check=True)
    return kept.read_bytes()


def _measure(sites: dict[str, Path], mbit: float, latency: float, rounds: int) -> Iterator[tuple[str, float, int]]:
    """The name, the milliseconds from navigation to first decision, and the bytes, of each run, in turn."""
    with sync_playwright() as playwright:
        for _ in range(rounds):
            for name, site in sites.items():
                line = Line(mbit * 1_000_000 / 8, latency / 1000)
                server = SiteServer(site, 0, pages=type("_SlowlyHere", (_Slowly,), {"line": line}))
                threading.Thread(target=server.serve_forever, daemon=True).start()
                browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
                page = browser.new_page()
                page.set_default_timeout(120_000)
                page.goto(server.address)
                milliseconds = float(page.evaluate("window.first"))
                browser.close()
                server.shutdown()
                server.server_close()
                yield name, milliseconds, line.sent


def main() -> None:
    """Measure, and print a line for each way."""
    parser = argparse.ArgumentParser(description="Time the engine's start.")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each way (default: 5)")
    parser.add_argument("--mbit", type=float, default=0, help="the line's speed in Mbit/s (default: no limit)")
    parser.add_argument("--latency", type=float, default=0, help="milliseconds until an answer begins (default: 0)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        runs: dict[str, list[tuple[float, int]]] = {}
        for name, milliseconds, sent in _measure(_lay_out(Path(folder)), options.mbit, options.latency, options.rounds):
            runs.setdefault(name, []).append((milliseconds, sent))
    plain = statistics.median(time_ for time_, _ in runs["plain"])
    as_it_comes = runs["plain"][-1][1]
    for name, measured in runs.items():
        median = statistics.median(time_ for time_, _ in measured)
        best = min(time_ for time_, _ in measured)
        sent = measured[-1][1]
        print(
            f"{name:6} median {median:6.0f} ms ({median / plain:.2f})  best {best:6.0f} ms  "
            f"{sent:,} bytes ({sent / as_it_comes:.2f})"
        )


if __name__ == "__main__":
    main()
