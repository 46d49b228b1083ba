"""Static files with hashed names, compressed, with the names inside `import("./x.js")` hashed as well."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """For STORAGES["staticfiles"] in production."""

    support_js_module_import_aggregation = True
