/** What the build packed: build_scripts/bundle/assemble.py writes manifest.mjs. Addresses are relative to its folder. */
export const MANIFEST: {
  engine: { version: string; wheel: string; sha256: string; compiled: string; compiled_sha256: string };
  /** The published engines, by the SHA-256 of their rules. */
  published: Record<string, { rules: string; wheel: string; sha256: string }>;
  runtime: string;
  library: string;
  full_library: string;
  lock: { info: Record<string, string>; packages: Record<string, never> };
};
