"""The Python runtime that the site carries: what runs in the reader's browser, and what packs it at build."""
