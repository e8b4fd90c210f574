"""The build: rules and pages in, the site and the engine's wheel out. One step: `python -m build_scripts.STEP`."""
