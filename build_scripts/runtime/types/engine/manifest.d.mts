/** What the build packed: build_scripts/runtime_bundle.py writes manifest.mjs. Addresses are relative to its folder. */
export const MANIFEST: {
  engine: { version: string; wheel: string; sha256: string; compiled: string; compiled_sha256: string };
  runtime: string;
  library: string;
  full_library: string;
  lock: { info: Record<string, string>; packages: Record<string, never> };
};
