"""What is done on the host's page: words kept before they are read, and an activity made of them with its picture."""

import contextlib
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from jinguo.activities import rules
from jinguo.activities.actions.photos import add_photo
from jinguo.activities.actions.plan import make_activity
from jinguo.activities.draft import Draft
from jinguo.activities.models import Activity, Saying, Session
from jinguo.federation import policy
from jinguo.federation.models import Link, Unit, User
from jinguo.federation.queries import office_of
from jinguo.files.actions import destroy_file, read_file, store_file
from jinguo.journal import actions as journal
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, NotThere
from jinguo.lib.pictures import prepare_picture
from jinguo.lib.registry import due_work
from jinguo.lib.rulings import require
from jinguo.people.actions import RETENTION, keep_apart
from jinguo.people.beside import FILE, PICTURE, to_text

KEPT = timedelta(days=7)
BATCH = 100


def keep_saying(unit: Unit, words: str, *, picture: bytes = b"", code: str, by: journal.Actor) -> Saying:
    """Keep what was said, before anything is read from it; the picture shrunk and stripped of its place.

    Args:
        code: drawn when the page was made: sent twice, it is kept once.

    Raises:
        Invalid: the picture cannot be used. NotThere: the code is somebody else's. KeptApart: the words are a plea; the
            picture is sealed with them.
    """
    require(rules.may_host(unit, by))
    office = office_of(unit)
    if office is not None:
        keep_apart(office, unit, "saying", code, {"words": words}, by=by, beside=lambda: _sealed(picture))
    shrunk = prepare_picture(picture).large if picture else b""
    try:
        with transaction.atomic():
            row = Saying(code=code, unit=unit, said_at=clock.now(), actor=by.actor_code)
            row.words = words
            if shrunk:
                name, kind = f"{code}.jpg", "image/jpeg"
                row.picture = store_file(shrunk, unit=unit, name=name, media_type=kind, by=by)
            row.save(force_insert=True)
            journal.record("host.say", by=by, kind="saying", code=code, owner=unit.code, picture=bool(shrunk))
    except IntegrityError:
        kept = Saying.objects.filter(code=code, unit=unit).first()
        if kept is None:
            raise NotThere(_("这一页已经旧了。请刷新后再说一次。")) from None
        return kept
    return row


def _sealed(picture: bytes) -> dict[str, str]:
    """A picture as it travels with sealed words: shrunk and stripped, or as it came where it cannot be read as one."""
    try:
        return {PICTURE: to_text(prepare_picture(picture).large)} if picture else {}
    except Invalid:
        return {FILE: to_text(picture)}


def hold(unit: Unit, draft: Draft, *, code: str, consent: bool, by: journal.Actor) -> Activity:
    """Make the activity; its picture, if one was sent with the words, goes to it. Who made it for the unit is kept.

    Args:
        code: of the words it was made of, or drawn when the form was made: sent twice, it makes one.
        consent: those in the picture agreed to its use.
    """
    require(rules.may_host(unit, by))
    activity = make_activity(unit, draft, code=code, by=by)
    other = acting_unit(unit, by)
    if other is not None:
        with transaction.atomic():
            if Activity.objects.filter(pk=activity.pk, on_behalf=None).update(on_behalf=other):
                journal.record(
                    "host.hold_for", by=by, kind="activity", code=activity.code, owner=unit.code, unit=other.code
                )
    said = Saying.objects.filter(code=code, unit=unit).select_related("picture__unit").first()
    if said is not None:
        if said.picture is not None and said.picture.deleted_at is None and not activity.is_sensitive:
            with contextlib.suppress(FileNotFoundError):  # the same press a moment sooner has put it there
                add_photo(activity, data=read_file(said.picture), consent=consent, by=by)
        _forget(said, by)
    return activity


def acting_unit(unit: Unit, by: Any) -> Unit | None:
    """The unit above in whose name somebody acts for this one; None where she acts for the unit itself."""
    if isinstance(by, Link):
        return by.unit if by.unit is not None and by.unit.pk != unit.pk else None
    if not isinstance(by, User):
        return None
    posts = [post.unit for post in policy.held_posts(by) if unit.path.startswith(post.unit.path)]
    nearest = max(posts, key=lambda one: len(one.path), default=None)
    return nearest if nearest is not None and nearest.pk != unit.pk else None


def standing(session: Session) -> Draft:
    """An activity with one open session as it stands, for a form that changes some of it."""
    activity = session.activity
    names = (
        "title", "kind", "subkind", "venue", "area", "place", "address", "directions", "access", "online_url", "summary",
        "bring", "cost", "home_address", "minors", "discreet", "contact_phone", "visibility", "expected",
    )  # fmt: skip
    return Draft(
        **{name: getattr(activity, name) for name in names},
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        audiences=tuple(row.audience for row in activity.audiences.all()),
        cohosts=tuple(row.name for row in activity.cohosts.all()),
        clauses=tuple(link.clause for link in activity.clause_links.select_related("clause__campaign")),
        series=activity.series.name if activity.series else "",
    )


@due_work.register("activities.forget_sayings", every=3600)
def forget_sayings() -> int:
    """Words of which no activity was made go after a week, with their pictures."""
    old = Saying.objects.filter(said_at__lt=clock.now() - KEPT).select_related("picture__unit")
    return sum(_forget(said, RETENTION) for said in list(old[:BATCH]))


def _forget(said: Saying, by: journal.Actor) -> bool:
    with transaction.atomic():
        gone, _by_model = Saying.objects.filter(pk=said.pk).delete()
        if not gone:
            return False
        if said.picture is not None:
            destroy_file(said.picture, reason="taken over or not needed", by=by)
        journal.record("host.forget_saying", by=by, kind="saying", code=said.code, owner=said.unit.code)
    return True
