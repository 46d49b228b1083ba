"""Signing in: password, progressive delay, optional second factor (ASVS 5.0 V6; reference/reliability §5)."""

from datetime import timedelta

import pyotp
from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from jinguo.federation.models import Attempt, User
from jinguo.journal import actions as journal
from jinguo.lib import clock, crypto
from jinguo.lib.errors import Invalid, Refused, TooMuch

FREE_TRIES = 4  # before the delay begins to grow
LONGEST = timedelta(minutes=15)
STEP = 30  # seconds of one one-time code (RFC 6238)


def check_password(username: str, password: str, *, address: str) -> User:
    """The user behind a name and password; failures slow down both the name and the address.

    Raises:
        TooMuch: asked again before the delay ended; the password was not looked at.
        Invalid: wrong name or password: one sentence for both.
    """
    keys = [crypto.ring().hash(username.lower(), "sign-in name"), crypto.ring().hash(address, "sign-in address")]
    waiting = Attempt.objects.filter(key__in=keys, next_at__gt=clock.now()).order_by("-next_at").first()
    if waiting:
        seconds = int((waiting.next_at - clock.now()).total_seconds()) + 1
        raise TooMuch(_("试得太频繁了，请等 %(seconds)s 秒再试。忘了密码请找系统管理员重设。") % {"seconds": seconds})
    user = authenticate(username=username, password=password)
    if user is None:
        for key in keys:
            note_failure(key)
        raise Invalid(_("用户名或密码不对。请检查大小写和输入法后再试。"), "password")
    Attempt.objects.filter(key=keys[0]).delete()
    return user


def note_failure(key: str) -> None:
    """Count a failure and push the next try further away: 1, 2, 4 … seconds after the free ones, at most 15 minutes."""
    with transaction.atomic():
        row, _made = Attempt.objects.get_or_create(key=key, defaults={"next_at": clock.now()})
        Attempt.objects.filter(pk=row.pk).update(failures=F("failures") + 1)
        failures = Attempt.objects.get(pk=row.pk).failures
        wait = (
            min(timedelta(seconds=2 ** min(failures - FREE_TRIES, 12)), LONGEST)
            if failures >= FREE_TRIES
            else timedelta()
        )
        Attempt.objects.filter(pk=row.pk).update(next_at=clock.now() + wait)


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
    matched = next((s for s in (step, step - 1, step + 1) if totp.generate_otp(s) == code.replace(" ", "")), None)
    key = crypto.ring().hash(user.code, "second factor")
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
    if not pyotp.TOTP(secret).verify(code.replace(" ", ""), for_time=clock.now(), valid_window=1):
        raise Invalid(_("动态码对不上。请确认手机时间是自动校准的，再填一次新的六位数。"), "code")
    with transaction.atomic():
        user.second_factor = secret
        User.objects.filter(pk=user.pk).update(second_factor_sealed=user.second_factor_sealed)
        journal.record("account.second_factor_on", by=user, kind="user", code=user.code)


def drop_second_factor(user: User, *, by: journal.Actor) -> None:
    """Turn it off: by herself after a fresh code, or by a system administrator for a lost phone."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(second_factor_sealed="", second_factor_step=0)
        journal.record("account.second_factor_off", by=by, kind="user", code=user.code)


def change_password(user: User, old: str, new: str) -> None:
    """Set a new password; every other session of the account ends."""
    if not user.check_password(old):
        raise Refused(_("原密码不对，密码没有改。"))
    with transaction.atomic():
        user.set_password(new)
        User.objects.filter(pk=user.pk).update(password=user.password, session_epoch=F("session_epoch") + 1)
        journal.record("account.password", by=user, kind="user", code=user.code)


def end_sessions(user: User, *, by: journal.Actor) -> None:
    """Sign the account out everywhere."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
        journal.record("account.end_sessions", by=by, kind="user", code=user.code)
