"""Static files with hashed names, compressed; the names our scripts import one another by are hashed as well.

Only our own scripts: Django's switch for it (support_js_module_import_aggregation) also reads the comments of other
people's, and stops at the first example it finds there.
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORTS = (
    (r"""(?P<matched>import\(["'](?P<url>\./[^"']+)["']\))""", """import("%(url)s")"""),
    (r"""(?P<matched>from ["'](?P<url>\./[^"']+)["'])""", """from "%(url)s\""""),
)


class HashedStatic(CompressedManifestStaticFilesStorage):
    """For STORAGES["staticfiles"]."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("ui/js/*.js", _IMPORTS))
