"""Units an office writes to again and again, under the name its notices give them (各会员单位)."""

from django.db import models

from jinguo.federation import policy
from jinguo.lib import ids


class AddressGroupRows(models.QuerySet["AddressGroup"]):
    def visible_to(self, actor: object) -> "AddressGroupRows":
        return self.filter(policy.sight(actor, "campaign.view", "office__unit"))


class AddressGroup(models.Model):
    """A saved set of units (通讯组). A notice that names it in its 主送单位 means these; a merged unit's heir stands for it."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="address_groups")
    name = models.CharField(max_length=60)
    saved_at = models.DateTimeField()
    units = models.ManyToManyField("federation.Unit", through="campaigns.AddressGroupUnit", related_name="+")

    objects = AddressGroupRows.as_manager()

    class Meta:
        ordering = ["office", "name"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="address_group_once_an_office")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "office", "name", "saved_at", "units"}

    def __str__(self) -> str:
        return self.name


class AddressGroupUnit(models.Model):
    """One unit of a group."""

    group = models.ForeignKey(AddressGroup, on_delete=models.CASCADE, related_name="members")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "unit"], name="address_group_unit_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"group", "unit"}
