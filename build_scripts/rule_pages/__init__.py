"""The rules as people and other engines read them: pages, diagrams, schemas, DMN."""
