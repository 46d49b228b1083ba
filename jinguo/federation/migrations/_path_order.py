"""On PostgreSQL, order `path` by code points whatever the cluster's language: subtree ranges depend on it."""


def order_by_code_points(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute('ALTER TABLE federation_unit ALTER COLUMN path TYPE varchar(120) COLLATE "C"')
