"""For whoever carries the code on: serving, checks, browsers, benchmarks. Nothing imports this but tests."""
