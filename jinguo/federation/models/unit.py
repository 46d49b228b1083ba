"""The tree of units (单位), their other names, contacts and registered e-mail addresses."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class UnitClass(models.TextChoices):
    """What a unit is, apart from where it stands in the tree (DESIGN §4)."""

    FEDERATION = "federation", _("妇联")
    COMMITTEE = "committee", _("市直单位妇女组织")
    ENTERPRISE = "enterprise", _("企业事业单位妇女组织")
    HOME = "home", _("妇女之家")
    NEW_ORG = "new_org", _("新经济组织和新社会组织")
    OUTSIDE = "outside", _("妇联以外的单位")


class Level(models.TextChoices):
    """The level of a federation or of a unit's seat."""

    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡镇（街道）")
    VILLAGE = "village", _("村（社区）")


class UnitRows(models.QuerySet["Unit"]):
    def alive(self, day: date) -> "UnitRows":
        """Units in being on a day."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))

    def under(self, unit: "Unit", *, itself: bool = False) -> "UnitRows":
        """The units below one, by a range on `path` (0.3 ms at 665,000 units, reference/deps §2.7)."""
        low, high = subtree_range(unit.path)
        rows = self.filter(path__gte=low, path__lt=high)
        return rows if itself else rows.exclude(pk=unit.pk)


def subtree_range(path: str) -> tuple[str, str]:
    """The half-open range of paths of a unit and all below it. `0` is the character after `/`."""
    return path, path[:-1] + "0"


class Unit(models.Model):
    """An organisation in the tree, with the days it is valid from and to.

    Attributes:
        path: row ids as six hexadecimal digits joined by `/`, ending in `/`: the unit's place in the tree, itself included.
        division_code: the code of the administrative division it stands for, if any.
        duty_phone: the number somebody answers, also out of hours; not a person's own.
        merged_into: where its duties went when it was merged.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=40)
    unit_class = models.CharField(max_length=12, choices=UnitClass.choices)
    level = models.CharField(max_length=10, choices=Level.choices)
    sector = models.CharField(max_length=20, blank=True)
    division_code = models.CharField(max_length=12, blank=True, db_index=True)
    duty_phone = models.CharField(max_length=30, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=120, unique=True, null=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed")

    objects = UnitRows.as_manager()

    class Meta:
        ordering = ["path"]
        # A list of one class or level, in the order of the tree, at 700,000 units.
        indexes = [
            models.Index(fields=["unit_class", "path"], name="unit_class_path"),
            models.Index(fields=["level", "path"], name="unit_level_path"),
            # Counting a subtree on a day, in all or level by level, reads this alone.
            models.Index(fields=["path", "unit_class", "level", "valid_from", "valid_to"], name="unit_counting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {
            "code", "name", "short_name", "unit_class", "level", "sector", "division_code", "duty_phone", "parent",
            "path", "valid_from", "valid_to", "merged_into",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.short_name or self.name

    def ancestors_paths(self) -> list[str]:
        """Paths of the units above, root first, itself excluded."""
        parts = self.path.rstrip("/").split("/")
        return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts) - 1)]

    def is_in_being(self, day: date) -> bool:
        """Whether it exists on this day; the same as `UnitRows.alive`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to >= day)

    def is_above(self, other: "Unit") -> bool:
        return other.path.startswith(self.path) and other.pk != self.pk


class Alias(models.Model):
    """Another name a unit is known by in letters."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="alias_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"unit", "name"}


class Contact(models.Model):
    """Whom to ask at a unit, in order. `mobile` is sealed; the duty phone of an office is not personal."""

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=40)
    name_sealed = models.TextField(blank=True)
    mobile_sealed = models.TextField(blank=True)
    mobile_hash = models.CharField(max_length=64, blank=True, db_index=True)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=60, blank=True)

    name = Sealed("name_sealed")
    mobile = Sealed("mobile_sealed", lookup="mobile_hash")

    class Meta:
        ordering = ["unit", "position"]
        constraints = [models.UniqueConstraint(fields=["unit", "position"], name="contact_order")]

    class Privacy:
        personal = {"name_sealed", "mobile_sealed", "mobile_hash"}
        plain = {"code", "unit", "position", "title", "phone", "hours"}


class MailAddress(models.Model):
    """An e-mail address registered for a unit: where it is written to, and whence its mail counts as its own."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="mail_addresses")
    position = models.PositiveSmallIntegerField(default=1)
    address = models.EmailField()

    class Meta:
        ordering = ["unit", "position"]
        constraints = [models.UniqueConstraint(fields=["unit", "address"], name="address_once_a_unit")]
        indexes = [models.Index(fields=["address"])]

    class Privacy:
        personal = {"address"}
        plain = {"unit", "position"}


class ChatGroup(models.Model):
    """A WeChat group a unit looks after: its name, who keeps it and about how many are in it. Never its members.

    Attributes:
        about: how many people, roughly; null: nobody said.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="chat_groups")
    name = models.CharField(max_length=60)
    keeper_sealed = models.TextField(blank=True)
    about = models.PositiveIntegerField(null=True, blank=True)

    keeper = Sealed("keeper_sealed")

    class Meta:
        ordering = ["unit", "pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="chat_group_once_a_unit")]

    class Privacy:
        personal = {"keeper_sealed"}
        plain = {"code", "unit", "name", "about"}
