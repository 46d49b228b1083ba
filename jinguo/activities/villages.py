"""Small words of a village's activities: the village's own name, its venue, who speaks."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from jinguo.activities.models.activity import Venue
from jinguo.activities.suggest import VENUE_WORDS
from jinguo.federation.models import Unit


def told_who(who: str) -> str:
    """Who speaks, as the public page says it; in Chinese whatever language the host reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(_("谁来讲、谁带：%(who)s") % {"who": who}) if who else ""


def who_told(summary: str) -> str:
    """Who speaks, of such a sentence; "" of any other."""
    _lead, _colon, who = summary.partition("：")
    return who if told_who(who) == summary else ""


def venue_of(place: str) -> str:
    """Which of the notice's five venues a place in a village is: a school where it says so, else the village itself."""
    named = next((venue for word, venue in VENUE_WORDS if word in place), Venue.COMMUNITY)
    return str(Venue.SCHOOL if "小学" in place or "中学" in place or "幼儿园" in place else named)


def village_name(unit: Unit) -> str:
    """The village or township itself: 槐树村 of 槐树村妇联, 泉水镇 of 泉水镇妇女之家."""
    name = unit.short_name or unit.name
    for ending in ("妇女联合会", "妇联", "妇女之家", "妇女微家"):
        name = name.removesuffix(ending)
    return name or str(unit.parent or unit.name)
