"""What runs in the reader's browser: the engine's wheel, Pyodide, the page scripts."""
