"""From a rule book to its proofs: every table, then the whole engine over every case there is."""
