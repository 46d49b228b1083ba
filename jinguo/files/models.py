"""Stored files: the row knows the file, the bytes lie under a random name outside the web root."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.federation import policy
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Secrecy(models.TextChoices):
    """Who may read the bytes as they lie on the disk."""

    PUBLIC = "public", _("公开")
    INTERNAL = "internal", _("内部")
    SENSITIVE = "sensitive", _("敏感")


class FileRows(models.QuerySet["StoredFile"]):
    def visible_to(self, actor: object) -> "FileRows":
        """Files of the reader's units; sensitive ones have doors of their own (a raw mail's is `mails`)."""
        return self.filter(policy.sight(actor, "file.view"), deleted_at=None).exclude(secrecy=Secrecy.SENSITIVE)


class StoredFile(models.Model):
    """One file as it came in or was made. Never changed; deleting destroys the key and leaves hash and reason.

    Attributes:
        unit: the unit whose file it is.
        sha256: of the plain bytes, as lower-case hexadecimal.
        size: plain bytes.
        place: relative path of the stored bytes below the file folder; random.
        key: the file's own key as 64 hexadecimal digits, sealed by the ring; "" for public files, which lie unencrypted,
            and for destroyed ones.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    secrecy = models.CharField(max_length=10, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    place = models.CharField(max_length=80, unique=True)
    key_sealed = models.TextField(blank=True)
    stored_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    delete_reason = models.CharField(max_length=200, blank=True)

    key = Sealed("key_sealed")
    objects = FileRows.as_manager()

    class Privacy:
        personal = {"name"}
        plain = {
            "code", "unit", "media_type", "size", "sha256", "secrecy", "place", "key_sealed", "stored_at", "deleted_at",
            "delete_reason",
        }  # fmt: skip
