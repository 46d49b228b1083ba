"""Keeping and removing pictures: at most nine, each kept once, never with its place; the original is not kept."""

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.models import Activity, Photo
from jinguo.activities.models.attendance import MOST_PHOTOS
from jinguo.federation.models import Unit
from jinguo.files.actions import destroy_file, store_file
from jinguo.files.models import Secrecy
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Stale
from jinguo.lib.pictures import Picture, prepare_picture
from jinguo.lib.rulings import require

TRIES = 4


def add_photo(activity: Activity, *, data: bytes, consent: bool, caption: str = "", by: journal.Actor) -> Photo:
    """Shrink and keep one picture. The same bytes sent again give the picture kept before.

    Args:
        consent: those shown agreed to its use; without it the picture stays inside the unit.

    Raises:
        Invalid: not a picture that can be used.
        Refused: nine are kept already, or a kind of activity that keeps none.
    """
    digest = hashlib.sha256(data).hexdigest()
    for _try in range(TRIES):
        kept = Photo.objects.standing().filter(activity=activity)
        same = kept.filter(source_sha256=digest).first()
        if same is not None:
            return same
        places = set(kept.values_list("place", flat=True))
        require(rules.may_add_photo(activity, by, len(places)))
        picture = prepare_picture(data)
        place = next(n for n in range(1, MOST_PHOTOS + 1) if n not in places)
        try:
            with transaction.atomic():
                return _keep(activity, picture, digest, place, consent, caption, by)
        except IntegrityError:  # somebody else took this place, or sent the same picture, in between
            continue
    raise Stale(_("几个人同时在传照片，这一张没有存上。请再传一次。"))


def _keep(
    activity: Activity, picture: Picture, digest: str, place: int, consent: bool, caption: str, by: journal.Actor
) -> Photo:
    shown = consent and activity.visibility == "public"
    secrecy = Secrecy.PUBLIC if shown else Secrecy.INTERNAL
    name = f"{activity.code}-{place}.jpg"
    large, small = (
        store_file(data, unit=activity.unit, name=name, media_type="image/jpeg", secrecy=secrecy, by=by)
        for data in (picture.large, picture.small)
    )
    photo = Photo.objects.create(
        activity=activity, file=large, small=small, width=picture.width, height=picture.height, place=place,
        source_sha256=digest, caption=caption, consent=consent, taken_at=picture.taken_at, added_at=clock.now(),
    )  # fmt: skip
    journal.record(
        "activity.photo_add", by=by, kind="photo", code=photo.code, owner=activity.unit.code, activity=activity.code,
        consent=consent,
    )  # fmt: skip
    return photo


def keep_sent_photo(unit: Unit, *, picture: Picture, digest: str, by: journal.Actor) -> Photo:
    """Keep a picture a unit sent with a report, in the caller's transaction. The same bytes sent again are kept once.

    Args:
        digest: SHA-256 of the bytes as they were sent.
    """
    kept = Photo.objects.standing().filter(unit=unit, source_sha256=digest).first()
    if kept is not None:
        return kept
    large, small = (
        store_file(data, unit=unit, name="photo.jpg", media_type="image/jpeg", secrecy=Secrecy.INTERNAL, by=by)
        for data in (picture.large, picture.small)
    )
    photo = Photo.objects.create(
        unit=unit, file=large, small=small, width=picture.width, height=picture.height, place=1, source_sha256=digest,
        taken_at=picture.taken_at, added_at=clock.now(),
    )  # fmt: skip
    journal.record("report.photo_add", by=by, kind="photo", code=photo.code, owner=unit.code)
    return photo


def remove_photo(photo: Photo, *, by: journal.Actor) -> bool:
    """Take a picture away for good: its bytes are destroyed, the row keeps that it was there."""
    activity: Any = photo.activity
    require(rules.may_run(activity, by))
    with transaction.atomic():
        if not Photo.objects.filter(pk=photo.pk, removed_at=None).update(removed_at=clock.now(), caption=""):
            return False
        for row in (photo.file, photo.small):
            destroy_file(row, reason="photo removed by the unit", by=by)
        journal.record(
            "activity.photo_remove", by=by, kind="photo", code=photo.code, owner=activity.unit.code,
            activity=activity.code,
        )  # fmt: skip
    return True
