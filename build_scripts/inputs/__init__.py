"""Reading what people write: TOML files and their forms, every problem told at once."""
