// Starts the npm package's Pyodide in Node and has it pack the trimmed standard library (pack_library.py).
// Usage: node pack_library.mjs ORDER.json; the order names the files to read and to write. Prints what was packed, as JSON.
import { readFile, writeFile } from "node:fs/promises";
import { loadPyodide } from "pyodide";

const order = JSON.parse(await readFile(process.argv[2] ?? "", "utf8"));
const wheel = await readFile(order.wheel);

// The engine is installed as in the browser: from an address, and no other address answers.
globalThis.fetch = async (input) => {
  const address = input instanceof Request ? input.url : String(input);
  if (address !== order.address) throw new TypeError(`Nothing may be fetched here but the engine: ${address}`);
  return new Response(wheel);
};

async function pack() {
  const python = await loadPyodide({
    env: { PYTHONNODEBUGRANGES: "1" },
    lockFileContents: order.lock,
  });
  python.FS.mkdirTree("/packing");
  for (const [name, path] of Object.entries(order.modules)) {
    const place = `/packing/${name}`;
    python.FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    python.FS.writeFile(place, await readFile(path));
  }
  python.FS.writeFile("/full.zip", await readFile(order.full));
  python.runPython("import sys; sys.path.insert(0, '/packing')");
  const pack = python.pyimport("pack_library").pack;
  const cases = JSON.stringify(order.cases);
  const also = JSON.stringify(order.also);
  const bytes = new Uint8Array(wheel);
  const packed = await pack(order.address, bytes, order.sha256, cases, also, "/trimmed.zip", "/compiled.zip", "/full.zip");
  await writeFile(order.trimmed, python.FS.readFile("/trimmed.zip"));
  await writeFile(order.compiled, python.FS.readFile("/compiled.zip"));
  console.log(packed);
}

// Pyodide's own trace shows a whole line of its minified script: the message is what helps.
pack().catch((reason) => {
  console.error(reason instanceof Error ? reason.message : String(reason));
  process.exit(1);
});
