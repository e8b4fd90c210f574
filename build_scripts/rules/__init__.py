"""From the TOML of engine/rules to the one rule book: read, check, compile."""
