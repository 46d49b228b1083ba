"""What figures add up, narrow and in the order of events: the wide versions are not read for it."""

from django.db import models


class Told(models.Model):
    """What one standing return adds to the figures of its campaign, once as claimed and once as confirmed. It follows from the
    return and its versions, and `actions.telling` writes it anew in the transaction that changes them.

    Attributes:
        confirmed: as the accepted version says, not as the newest one sent does.
        event: the same for reports of one event (`metrics.event_key`).
        on_site, women, online, benefited, deeds: twice the number, and one more where it is exact: of several reports of one
            event the largest counts, an exact one before an equal 约 one. Null: not reported.
    """

    given = models.ForeignKey("reports.Return", on_delete=models.CASCADE, related_name="told", db_index=False)
    campaign = models.ForeignKey("campaigns.Campaign", on_delete=models.PROTECT, related_name="+", db_index=False)
    ask = models.ForeignKey("campaigns.Ask", on_delete=models.PROTECT, related_name="+", db_index=False)
    confirmed = models.BooleanField()
    event = models.CharField(max_length=32)
    on_site = models.BigIntegerField(null=True)
    women = models.BigIntegerField(null=True)
    online = models.BigIntegerField(null=True)
    benefited = models.BigIntegerField(null=True)
    deeds = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["given", "confirmed"], name="told_once")]
        # Every column figures read, event after event: the database adds up as it reads, and sorts nothing.
        indexes = [
            models.Index(
                fields=[
                    "campaign",
                    "confirmed",
                    "event",
                    "ask",
                    "on_site",
                    "women",
                    "online",
                    "benefited",
                    "deeds",
                    "given",
                ],
                name="told_by_event",
            )
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "given", "campaign", "ask", "confirmed", "event", "on_site", "women", "online", "benefited", "deeds",
        }  # fmt: skip
