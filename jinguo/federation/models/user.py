"""Accounts of officers, and the posts they hold."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Role(models.TextChoices):
    """A post's role; labels are the standard Chinese terms (DESIGN §4)."""

    OFFICER = "officer", _("经办")
    LEADER = "leader", _("审签领导")
    LIAISON = "liaison", _("信息员")
    CHAIR = "chair", _("主席")
    VICE_CHAIR = "vice_chair", _("副主席")
    EXECUTIVE = "executive", _("执委")
    HOME_HOST = "home_host", _("妇女之家负责人")
    COUNTY_OFFICER = "county_officer", _("县（区）经办")
    CASE_WORKER = "case_worker", _("个案工作者")
    CASE_SUPERVISOR = "case_supervisor", _("个案督导")
    REVIEWER = "reviewer", _("审核人")
    APPROVER = "approver", _("审批人")
    AUDITOR = "auditor", _("审计员")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")


# Held by people of a unit whether they have an account or not; written down by whoever keeps the unit's page.
BEARERS = (Role.CHAIR, Role.VICE_CHAIR, Role.EXECUTIVE, Role.HOME_HOST, Role.LIAISON)
EXCLUSIVE = {Role.AUDITOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}  # each excludes the other two; none sees a case


class Users(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """An officer's account.

    Attributes:
        username: in small letters.
        unit: the unit whose administrator opened the account and looks after it; null when its posts decide.
        second_factor: the sealed secret of her one-time codes (RFC 6238).
        session_epoch: raising it ends every session of the account.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    username = models.CharField(max_length=40, unique=True)
    display_name = models.CharField(max_length=40)
    unit = models.ForeignKey(
        "federation.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="accounts"
    )
    is_active = models.BooleanField(default=True)
    second_factor_sealed = models.TextField(blank=True)
    second_factor_step = models.BigIntegerField(default=0)
    session_epoch = models.PositiveIntegerField(default=0)

    second_factor = Sealed("second_factor_sealed")
    objects = Users()
    USERNAME_FIELD = "username"

    class Privacy:
        personal = {"username", "display_name", "password", "second_factor_sealed", "last_login"}
        plain = {"code", "unit", "is_active", "second_factor_step", "session_epoch"}

    @property
    def actor_code(self) -> str:
        return f"user:{self.code}"

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with `session_epoch`, so that raising the epoch ends every session."""
        return salted_hmac("jinguo session", f"{self.password}:{self.session_epoch}", algorithm="sha256").hexdigest()


class PostRows(models.QuerySet["Post"]):
    def held(self, day: date) -> "PostRows":
        return self.filter(starts__lte=day).filter(Q(ends=None) | Q(ends__gte=day))


class Post(models.Model):
    """A role held in a unit from a day to a day (任期), both included.

    Attributes:
        user: the account that gets the role's rights; null for somebody without one, who is known by name only.
        holder: her name where there is no account, sealed.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="posts")
    holder_sealed = models.TextField(blank=True)
    holder_hash = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey("federation.Unit", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    holder = Sealed("holder_sealed", lookup="holder_hash")
    objects = PostRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("starts")), name="post_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["user", "unit", "role", "starts"], name="post_once"),
            models.UniqueConstraint(
                fields=["unit", "role", "starts", "holder_hash"], condition=Q(user=None), name="named_post_once"
            ),
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(holder_sealed=""), name="post_has_a_holder"),
        ]

    class Privacy:
        personal = {"user", "holder_sealed", "holder_hash"}
        plain = {"code", "unit", "role", "starts", "ends"}

    @property
    def who(self) -> str:
        """The name shown: the account's, or the one written down."""
        return str(self.user.display_name) if self.user else str(self.holder)

    def is_held(self, day: date) -> bool:
        """Whether it gives its rights on this day."""
        return self.starts <= day and (self.ends is None or self.ends >= day)


class Attempt(models.Model):
    """Failed sign-ins of one name or address, for the progressive delay. The key is a keyed hash, never the name."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()

    class Privacy:
        personal = {"key"}
        plain = {"failures", "next_at"}
