"""An activity: what a unit holds, for whom, under which clauses of which campaign."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinguo.activities.models.kinds import Kind, SubKind
from jinguo.federation import policy
from jinguo.federation.models.unit import Level, UnitClass
from jinguo.lib import ids
from jinguo.lib.sealed import Sealed, lookup_hash


class Venue(models.TextChoices):
    """The notice's five venues (五进), and any other place."""

    COMMUNITY = "community", _("城乡社区")
    SCHOOL = "school", _("学校")
    NEW_ORGANISATION = "new_organisation", _("新经济组织和新社会组织")
    WEBSITE = "website", _("网站")
    FAMILY = "family", _("家庭")
    OTHER = "other", _("其他场所")


SENSITIVE: frozenset[str] = frozenset({Kind.RIGHTS, Kind.MIXER})
"""Kinds that say nothing of themselves in a calendar, show no names and ask for no photographs (services §P)."""


class Audience(models.TextChoices):
    """Whom it suits (适合谁): what a visitor filters by."""

    EVERYONE = "everyone", _("所有人")
    JOB_SEEKERS = "job_seekers", _("求职女性")
    STUDENTS = "students", _("女大学生")
    RURAL = "rural", _("农村妇女")
    FOUNDERS = "founders", _("创业女性")
    FAMILIES = "families", _("妈妈和孩子")
    WORKERS = "workers", _("女职工")
    NEW_TRADES = "new_trades", _("新业态女性")
    SINGLES = "singles", _("单身青年")
    ELDERLY = "elderly", _("年长女性")
    IN_NEED = "in_need", _("需要帮助的姐妹")


class Visibility(models.TextChoices):
    """Who may see and join."""

    PUBLIC = "public", _("公开")
    MEMBERS = "members", _("只给会员")
    INTERNAL = "internal", _("内部")
    BOOKING = "booking", _("预约")


EVENTS = [Visibility.PUBLIC.value, Visibility.MEMBERS.value, Visibility.INTERNAL.value]
"""What an activity may be. The last is none: the book of a station's appointments, kept by the same engine."""


class ActivityState(models.TextChoices):
    """Where it stands. `done` is said by a person after the last session; under way is computed from the time."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已发布")
    DONE = "done", _("已办完")
    CANCELLED = "cancelled", _("已取消")


MOVES: dict[str, tuple[str, ...]] = {
    ActivityState.DRAFT: (ActivityState.PUBLISHED, ActivityState.DONE, ActivityState.CANCELLED),
    ActivityState.PUBLISHED: (ActivityState.DONE, ActivityState.CANCELLED),
    ActivityState.DONE: (),
    ActivityState.CANCELLED: (),
}


HOSTED = Q(unit__level=Level.VILLAGE) | Q(unit__unit_class=UnitClass.HOME)
"""Rows of units that hold activities by the host's page: villages and women's homes; the same as `rules.is_hosted`."""


class ActivityRows(models.QuerySet["Activity"]):
    def visible_to(self, actor: object) -> "ActivityRows":
        """Rows of the actor's units and of those below; a visitor sees what the public site shows."""
        if policy.positions(actor) == [(policy.VISITOR, "")]:
            return self.on_site()
        return self.filter(policy.sight(actor, "activity.view"), visibility__in=EVENTS)

    def hosted_by(self, actor: object) -> "ActivityRows":
        """Those of the villages and homes whose page the actor may use: its own and those below (host.act)."""
        return self.filter(policy.sight(actor, "host.act"), visibility__in=EVENTS).filter(HOSTED)

    def by_door(self, door: str) -> "ActivityRows":
        """The one for members whose address holds this secret; a draft is not shown to them either."""
        found = self.filter(visibility=Visibility.MEMBERS, door_hash=lookup_hash(Activity, "door", door))
        return found.exclude(state=ActivityState.DRAFT)

    def on_site(self) -> "ActivityRows":
        """What the public site shows: public, and published, done or cancelled (a cancelled one says so)."""
        return self.filter(visibility=Visibility.PUBLIC).exclude(state=ActivityState.DRAFT)


class Series(models.Model):
    """Activities of one unit that people know by one name: a brand, or what comes again (系列).

    Attributes:
        name: as it is shown; one of its kind in a unit.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="series")
    name = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="series_named_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"code", "unit", "name", "made_at"}

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """One activity of one unit, counted once however many units join in.

    Attributes:
        unit: the host; `office`: the nearest issuing office above it.
        area: the county-level unit in whose county it takes place; null: city-wide or online.
        subkind: what exactly, "" where the kind says it all.
        address: what the public sees of the place; for a session in a home only the village.
        directions: how to get there; `access`: for whom steps or sounds are in the way, what helps; each as typed.
        door: the secret in the address by which members come to an activity that is only for them; it stands in no list.
        home_address: of a session in a home (家庭): sealed, shown to confirmed guests and to nobody else.
        per_person: for how many of its sessions one person may sign up; 0: for all.
        minors: people under 18 may come; their guardian signs up and consents.
        discreet: treated as of a sensitive kind whatever its kind (health, hardship).
        on_behalf: the unit above that made it in this unit's name on the host's page; null: the unit itself.
        drafted_by: the actor code of who wrote what stands now; `checked_by`, `checked_at`: somebody else who has looked at it
            since, by saying so or by publishing it.
        story: what is told of it afterwards, in its unit's words; `story_shown`: on its public page; `written_at`: since when.
        expected: how many people are expected at once, where the host says so; from `rules.MANY` on the law asks for a permit.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    office = models.ForeignKey("federation.Office", on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="activities")
    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    area = models.ForeignKey(
        "federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="activities_here"
    )
    title = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    subkind = models.CharField(max_length=16, choices=SubKind.choices, blank=True)
    venue = models.CharField(max_length=20, choices=Venue.choices, default=Venue.OTHER)
    place = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    directions = models.CharField(max_length=200, blank=True)
    access = models.CharField(max_length=200, blank=True)
    online_url = models.URLField(max_length=300, blank=True)
    summary = models.TextField(max_length=2000, blank=True)
    bring = models.CharField(max_length=200, blank=True)
    cost = models.CharField(max_length=60, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    home_address_sealed = models.TextField(blank=True)
    door_sealed = models.TextField(blank=True)
    door_hash = models.CharField(max_length=64, blank=True, db_index=True)
    per_person = models.PositiveSmallIntegerField(default=0)
    minors = models.BooleanField(default=False)
    discreet = models.BooleanField(default=False)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC)
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.DRAFT)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    expected = models.PositiveIntegerField(null=True, blank=True)
    on_behalf = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    clauses = models.ManyToManyField("campaigns.Clause", through="activities.ActivityClause", related_name="activities")

    drafted_by = models.CharField(max_length=40, blank=True)
    checked_by = models.CharField(max_length=40, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    story = models.TextField(max_length=4000, blank=True)
    story_shown = models.BooleanField(default=False)
    written_at = models.DateTimeField(null=True, blank=True)

    home_address = Sealed("home_address_sealed")
    door = Sealed("door_sealed", lookup="door_hash")
    objects = ActivityRows.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False) | ~Q(state="published"),
                name="published_says_when",
            ),
        ]

    class Privacy:
        personal = {"home_address_sealed", "door_sealed", "door_hash", "story"}
        plain = {
            "subkind", "directions", "access", "story_shown", "written_at", "drafted_by", "checked_by", "checked_at",
            "per_person", "minors", "discreet", "code", "office", "unit", "campaign", "area", "title", "kind", "venue", "place", "address", "online_url",
            "summary", "bring", "cost", "contact_phone", "visibility", "state", "created_at", "published_at", "done_at", "series", "expected",
            "cancelled_at", "cancel_reason", "clauses", "on_behalf",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def kind_name(self) -> str:
        """What it is called: the subkind where one is said."""
        return str(self.get_subkind_display() if self.subkind else self.get_kind_display())

    @property
    def for_members(self) -> bool:
        return self.visibility == Visibility.MEMBERS

    @property
    def is_sensitive(self) -> bool:
        return self.discreet or self.kind in SENSITIVE

    @property
    def may_endanger(self) -> bool:
        """Whether somebody may be in danger or shamed when another sees that she looked at its page: rights, health, hardship."""
        return self.is_sensitive and (self.discreet or self.kind != Kind.MIXER)

    @property
    def is_book(self) -> bool:
        """Whether its sessions are a station's appointments: shown on the station's pages and nowhere else."""
        return self.visibility == Visibility.BOOKING

    @property
    def on_site(self) -> bool:
        """Whether the public site shows it: the same words as `ActivityRows.on_site`."""
        return self.visibility == Visibility.PUBLIC and self.state != ActivityState.DRAFT


class ActivityAudience(models.Model):
    """One group the activity suits; rows, because neither database may filter inside JSON the same way."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="audiences")
    audience = models.CharField(max_length=12, choices=Audience.choices, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "audience"], name="suits_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"activity", "audience"}


class ActivityClause(models.Model):
    """A clause this activity serves."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="clause_links")
    clause = models.ForeignKey("campaigns.Clause", on_delete=models.PROTECT, related_name="activity_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "clause"], name="serves_once")]

    class Privacy:
        personal: set[str] = set()
        plain = {"activity", "clause"}


class CoHost(models.Model):
    """Another unit, or an outside body by name, that holds the activity together with the host."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="cohosts")
    unit = models.ForeignKey("federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)

    class Privacy:
        personal: set[str] = set()
        plain = {"activity", "unit", "name"}
