"""A record as people and programs see it on a terminal: a tree, rows of a table, the reason for one finding."""
