"""By what the photographs and paragraphs of a sent version are known again (`reports.prints`)."""

from django.db import models


class Mark(models.Model):
    """One number a picture or a paragraph is looked up by. Told to the reporter before she sends, and to nobody else.

    Attributes:
        photo: whose mark it is; null for a paragraph's.
        print: the picture's 64 bits as 16 hexadecimal digits; "" for a paragraph.
    """

    version = models.ForeignKey("reports.ReturnVersion", on_delete=models.CASCADE, related_name="marks")
    photo = models.ForeignKey("activities.Photo", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    mark = models.BigIntegerField()
    print = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mark"], name="marks_mark")]

    class Privacy:
        personal: set[str] = set()
        plain = {"version", "photo", "mark", "print"}
