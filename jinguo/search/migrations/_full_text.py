"""The full-text index over the pairs, in the form each database has one; kept in step by the database itself."""

SQLITE = [
    "CREATE VIRTUAL TABLE search_pairs USING fts5(pairs, content='search_indexrow', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0', detail='full')",
    "CREATE TRIGGER search_pairs_insert AFTER INSERT ON search_indexrow BEGIN"
    " INSERT INTO search_pairs(rowid, pairs) VALUES (new.id, new.pairs); END",
    "CREATE TRIGGER search_pairs_delete AFTER DELETE ON search_indexrow BEGIN"
    " INSERT INTO search_pairs(search_pairs, rowid, pairs) VALUES ('delete', old.id, old.pairs); END",
    "CREATE TRIGGER search_pairs_update AFTER UPDATE ON search_indexrow BEGIN"
    " INSERT INTO search_pairs(search_pairs, rowid, pairs) VALUES ('delete', old.id, old.pairs);"
    " INSERT INTO search_pairs(rowid, pairs) VALUES (new.id, new.pairs); END",
    "INSERT INTO search_pairs(search_pairs) VALUES ('rebuild')",
]
SQLITE_BACK = [
    "DROP TRIGGER search_pairs_insert",
    "DROP TRIGGER search_pairs_delete",
    "DROP TRIGGER search_pairs_update",
    "DROP TABLE search_pairs",
]
POSTGRES = ["CREATE INDEX search_pairs ON search_indexrow USING gin (to_tsvector('simple', pairs))"]
POSTGRES_BACK = ["DROP INDEX search_pairs"]


def _run(schema_editor, sqlite, postgres):
    for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgres:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRES)


def backwards(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRES_BACK)
