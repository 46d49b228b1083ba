"""Signing in: password, progressive delay, optional second factor (ASVS 5.0 V6; reference/reliability §5)."""

import unicodedata
from datetime import timedelta

import pyotp
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation import rules
from jinguo.federation.models import Attempt, User
from jinguo.journal import actions as journal
from jinguo.journal.queries import just_did
from jinguo.lib import clock, crypto
from jinguo.lib.errors import Invalid, Refused, TooMuch
from jinguo.lib.hold import hold
from jinguo.lib.registry import Every, due_work
from jinguo.lib.rulings import require

FREE_TRIES = 4  # before the delay begins to grow
ADDRESS_TRIES = 30  # the same for one address: a whole office may sit behind it
LONGEST = timedelta(minutes=15)
QUIET = timedelta(hours=1)  # after so long without a failure, earlier ones no longer count
STEP = 30  # seconds of one one-time code (RFC 6238)
BATCH = 500
_tidying = Every(60)


def check_password(username: str, password: str, *, address: str) -> User:
    """The user behind a name and password; failures slow down both the name and the address.

    Raises:
        TooMuch: asked again before the delay ended; the password was not looked at.
        Invalid: wrong name or password: one sentence for both.
    """
    username = username.lower()
    by_name, by_address = _name_key(username), crypto.ring().hash(address, "sign-in address")
    waiting = (
        Attempt.objects.filter(key__in=[by_name, by_address], next_at__gt=clock.now()).order_by("-next_at").first()
    )
    if waiting:
        seconds = int((waiting.next_at - clock.now()).total_seconds()) + 1
        raise TooMuch(_("试得太频繁了，请等 %(seconds)s 秒再试。忘了密码请找系统管理员重设。") % {"seconds": seconds})
    user = authenticate(username=username, password=password)
    if user is None:
        note_failure(by_name)
        note_failure(by_address, free=ADDRESS_TRIES)
        raise Invalid(_("用户名或密码不对。请检查大小写和输入法后再试。"), "password")
    Attempt.objects.filter(key=by_name).delete()
    return user


def note_failure(key: str, free: int = FREE_TRIES) -> None:
    """Count a failure and push the next try further away: 1, 2, 4 … seconds after the free ones, at most 15 minutes."""
    moment = clock.now()
    with transaction.atomic():
        Attempt.objects.get_or_create(key=key, defaults={"next_at": moment})
        Attempt.objects.filter(key=key, next_at__lt=moment - QUIET).update(failures=0)
        Attempt.objects.filter(key=key).update(failures=F("failures") + 1)
        over = Attempt.objects.get(key=key).failures - free
        wait = min(timedelta(seconds=2 ** min(over, 12)), LONGEST) if over >= 0 else timedelta()
        Attempt.objects.filter(key=key).update(next_at=moment + wait)


def forgive_failures(user: User) -> None:
    """Let somebody try at once whom an administrator vouched for."""
    Attempt.objects.filter(key__in=[_name_key(user.username), _code_key(user)]).delete()


@due_work.register("federation.tidy")
def tidy() -> int:
    """Throw away sessions that have ended and failures nobody counts any more; returns how many rows went."""
    if not _tidying.is_due():
        return 0
    edge = clock.now() - QUIET - LONGEST
    attempts = list(Attempt.objects.filter(next_at__lt=edge).values_list("pk", flat=True)[:BATCH])
    # Django writes and reads the end of a session by the machine's own clock.
    ended = Session.objects.filter(expire_date__lt=clock.now() - clock.shift())
    sessions = list(ended.values_list("pk", flat=True)[:BATCH])
    gone = Attempt.objects.filter(pk__in=attempts, next_at__lt=edge).delete()[0] if attempts else 0
    return gone + (Session.objects.filter(pk__in=sessions).delete()[0] if sessions else 0)


def _name_key(username: str) -> str:
    return crypto.ring().hash(username.lower(), "sign-in name")


def _code_key(user: User) -> str:
    return crypto.ring().hash(user.code, "second factor")


def digits_said(code: str) -> str:
    """A code as it was meant: without blanks, and in plain digits where a Chinese keyboard typed full-width ones."""
    return "".join(unicodedata.normalize("NFKC", code).split())


def check_code(user: User, code: str) -> None:
    """Accept a one-time code once.

    Raises:
        Invalid: wrong, or used before (a code is good for one sign-in only).
    """
    if not user.second_factor_sealed:
        raise Invalid(_("这个账号没有打开动态码。"), "code")
    moment = clock.now()
    totp = pyotp.TOTP(user.second_factor)
    step = int(moment.timestamp()) // STEP
    said = digits_said(code)
    matched = next((s for s in (step, step - 1, step + 1) if totp.generate_otp(s) == said), None)
    key = _code_key(user)
    if Attempt.objects.filter(key=key, next_at__gt=moment).exists():
        raise TooMuch(_("试得太频繁了，请稍等再试。"))
    if matched is None or not User.objects.filter(pk=user.pk, second_factor_step__lt=matched).update(
        second_factor_step=matched
    ):
        note_failure(key)
        raise Invalid(_("动态码不对或已用过。请等手机上出现新的六位数再填。"), "code")
    Attempt.objects.filter(key=key).delete()


def record_sign_in(user: User) -> None:
    """Journal line of a completed sign-in."""
    journal.record("account.sign_in", by=user, kind="user", code=user.code)


def set_second_factor(user: User, secret: str, code: str) -> None:
    """Turn the second factor on, once the phone has shown that it holds the secret.

    Raises:
        Invalid: the code does not fit the secret.
    """
    if not pyotp.TOTP(secret).verify(digits_said(code), for_time=clock.now(), valid_window=1):
        raise Invalid(_("动态码对不上。请确认手机时间是自动校准的，再填一次新的六位数。"), "code")
    with transaction.atomic():
        now = hold(user)
        if now is not None and now.second_factor_sealed and now.second_factor == secret:
            return
        user.second_factor = secret
        User.objects.filter(pk=user.pk).update(second_factor_sealed=user.second_factor_sealed)
        journal.record("account.second_factor_on", by=user, kind="user", code=user.code)


def drop_second_factor(user: User, *, by: journal.Actor) -> None:
    """Turn it off: by herself after a fresh code, or by a system administrator for a lost phone."""
    if not isinstance(by, journal.System) and by.actor_code != user.actor_code:
        require(rules.may_edit_user(user, by))
    with transaction.atomic():
        if (
            not User.objects.filter(pk=user.pk)
            .exclude(second_factor_sealed="")
            .update(second_factor_sealed="", second_factor_step=0)
        ):
            return
        forgive_failures(user)
        journal.record("account.second_factor_off", by=by, kind="user", code=user.code)


def change_password(user: User, old: str, new: str) -> None:
    """Set a new password; every other session of the account ends."""
    now = User.objects.get(pk=user.pk)
    if not now.check_password(old):
        if just_did(user, "account.password", kind="user", code=user.code) and now.check_password(new):
            return
        raise Refused(_("原密码不对，密码没有改。"))
    known = now.password
    user.set_password(new)  # slow on purpose, so before the transaction
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, password=known).exists():  # the same press a moment sooner
            return
        User.objects.filter(pk=user.pk).update(password=user.password, session_epoch=F("session_epoch") + 1)
        journal.record("account.password", by=user, kind="user", code=user.code)


def end_sessions(user: User, *, by: journal.Actor) -> None:
    """Sign the account out everywhere."""
    with transaction.atomic():
        hold(user)
        if just_did(by, "account.end_sessions", kind="user", code=user.code):
            return
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        journal.record("account.end_sessions", by=by, kind="user", code=user.code)
