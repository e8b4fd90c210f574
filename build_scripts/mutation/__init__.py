"""Would a slip in the rules be seen? Every slip there is, held against the checks."""
