"""The build: rules and pages in, the site and the engine out. Run a step with `python -m build_scripts.STEP`."""
