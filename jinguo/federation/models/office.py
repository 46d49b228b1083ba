"""The issuing unit: everything an office decides for itself, inherited down the tree of offices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinguo.lib import ids
from jinguo.lib.sealed import Sealed


class Security(models.TextChoices):
    """How the mail server is spoken to."""

    TLS = "tls", _("TLS（465 端口）")
    STARTTLS = "starttls", _("STARTTLS（587 端口）")
    PLAIN = "plain", _("不加密（只限本机）")


class Office(models.Model):
    """A unit that issues notices, with its mailbox, paper profile and public face (DESIGN §4).

    Attributes:
        doc_mark: the 发文机关标志 without 文件; `doc_code`: the 机关代字, e.g. 阳妇发.
        department: the department that runs the campaigns, e.g. 宣教部.
        public_days: how many days after an activity a visitor's personal data are kept.
        mail_code: the mailbox's 授权码 (not its web password), sealed.
    """

    code = models.CharField(max_length=12, unique=True, default=ids.new_code, editable=False)
    unit = models.OneToOneField("federation.Unit", on_delete=models.PROTECT, related_name="office")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="below")
    brand = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=40, blank=True)
    doc_mark = models.CharField(max_length=60, blank=True)
    doc_code = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    public_host = models.CharField(max_length=100, blank=True)
    mail_from = models.EmailField(blank=True)
    mail_host = models.CharField(max_length=100, blank=True)
    mail_port = models.PositiveIntegerField(default=465)
    mail_security = models.CharField(max_length=10, choices=Security.choices, default=Security.TLS)
    mail_user = models.CharField(max_length=100, blank=True)
    mail_code_sealed = models.TextField(blank=True)
    public_days = models.PositiveSmallIntegerField(default=30)
    link_days = models.PositiveSmallIntegerField(default=60)

    mail_code = Sealed("mail_code_sealed")

    class Privacy:
        personal = {"mail_code_sealed"}
        plain = {
            "code", "unit", "parent", "brand", "department", "doc_mark", "doc_code", "phone", "public_host", "mail_from",
            "mail_host", "mail_port", "mail_security", "mail_user", "public_days", "link_days",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.unit.name
