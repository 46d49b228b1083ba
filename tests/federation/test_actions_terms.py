"""Terms of posts: one act ends the old and starts the new; rights change only by the hand that may change them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from jinguo.federation import policy
from jinguo.federation.actions.links import end_unit_links, make_link
from jinguo.federation.actions.posts import appoint, create_user, end_post, hand_over
from jinguo.federation.models import Link, Post, User
from jinguo.federation.models.link import Purpose
from jinguo.federation.models.user import Role
from jinguo.journal.models import Entry
from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from tests.world import BY


def holders(unit, role, day):
    return sorted(post.who for post in unit.posts.filter(role=role).held(day))


def test_one_act_ends_the_old_term_and_starts_the_new_one(cast):
    unit, by, day = cast.units["c.a.t"], cast.users[Role.OFFICER], clock.today()
    first = day - timedelta(days=900)
    hand_over(unit, Role.CHAIR, ["示范甲"], first_day=first, by=by)
    for _ in range(2):
        hand_over(unit, Role.CHAIR, ["示范乙", "示范乙"], first_day=day, until=day + timedelta(days=1800), by=by)
    assert holders(unit, Role.CHAIR, day - timedelta(days=1)) == ["示范甲"]
    assert holders(unit, Role.CHAIR, day) == ["示范乙"]
    assert Post.objects.filter(unit=unit, role=Role.CHAIR).count() == 2
    entry = Entry.objects.filter(action="post.hand_over").latest("pk")
    assert "示范" not in entry.detail
    assert Entry.objects.filter(action="post.hand_over", object_code=unit.code).count() == 2


def test_who_was_written_down_by_mistake_today_is_replaced_without_a_trace_of_a_term(cast):
    unit, by, day = cast.units["c.a.t"], cast.users[Role.OFFICER], clock.today()
    hand_over(unit, Role.HOME_HOST, ["写错"], first_day=day, by=by)
    hand_over(unit, Role.HOME_HOST, ["示范丙"], first_day=day, by=by)
    assert [post.who for post in unit.posts.filter(role=Role.HOME_HOST)] == ["示范丙"]


def test_a_post_may_be_left_vacant_and_the_executive_may_be_many(cast):
    unit, by, day = cast.units["c.b.t"], cast.users[Role.OFFICER], clock.today()
    hand_over(unit, Role.EXECUTIVE, ["甲", "乙", "丙"], first_day=day - timedelta(days=9), by=by)
    assert holders(unit, Role.EXECUTIVE, day) == sorted(["甲", "乙", "丙"])
    hand_over(unit, Role.EXECUTIVE, [], first_day=day, by=by)
    assert holders(unit, Role.EXECUTIVE, day) == []


def test_rights_are_handed_over_only_by_the_security_administrator(cast):
    unit, day = cast.units["c.edu"], clock.today() + timedelta(days=1)
    new = create_user("new-liaison", display_name="新信息员", password=None, by=BY)
    for by in (cast.users[Role.OFFICER], cast.users["sister"]):
        with pytest.raises(Refused):
            hand_over(unit, Role.LIAISON, ["示范丁"], first_day=day, by=by)
    with pytest.raises(Refused):
        hand_over(unit, Role.OFFICER, ["示范丁"], first_day=day, by=cast.users[Role.OFFICER])
    security = cast.users[Role.SECURITY_ADMIN]
    with pytest.raises(Refused):
        hand_over(cast.units["c"], Role.LEADER, [security], first_day=day, by=security)
    hand_over(unit, Role.LIAISON, [new], first_day=clock.today(), by=security)
    assert policy.may(User.objects.get(pk=new.pk), "return.create", unit)
    assert not policy.may(User.objects.get(pk=cast.users[Role.LIAISON].pk), "return.create", unit)


def test_a_stopped_account_takes_nothing_over(cast):
    user = create_user("stopped", display_name="停用", password=None, by=BY)
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.refresh_from_db()
    with pytest.raises(Invalid, match="已经停用"):
        hand_over(cast.units["c.edu"], Role.LIAISON, [user], first_day=clock.today(), by=BY)
    assert holders(cast.units["c.edu"], Role.LIAISON, clock.today()) == ["信息员"]


def test_the_last_administrator_is_not_ended_before_another_one_stands(cast):
    admin, security = cast.users[Role.SYSTEM_ADMIN], cast.users[Role.SECURITY_ADMIN]
    post = admin.posts.get()
    Post.objects.filter(pk=post.pk).update(starts=clock.today() - timedelta(days=5))
    post.refresh_from_db()
    with pytest.raises(Refused):
        end_post(post, by=security)
    appoint(
        create_user("second", display_name="第二位", password=None, by=BY), cast.units["c"], Role.SYSTEM_ADMIN, by=BY
    )
    end_post(post, by=security)
    assert not Post.objects.held(clock.today()).filter(pk=post.pk).exists()


def test_the_security_administrator_hands_an_account_s_post_over_on_one_page(cast):
    from django.urls import reverse

    from tests.federation.counting import signed_in

    new = create_user("next-liaison", display_name="接任", password=None, by=BY, unit=cast.units["c"])
    old = cast.users[Role.LIAISON]
    address = reverse("federation:post_hand_over", args=[old.code, old.posts.get().code])
    given = {"to": "next-liaison", "first_day": clock.today().isoformat()}
    assert signed_in(cast.users[Role.OFFICER]).post(address, given).status_code == 403
    browser = signed_in(cast.users[Role.SECURITY_ADMIN])
    assert browser.post(address, {**given, "to": "nobody"}).status_code == 422
    assert browser.post(address, given).status_code == 302
    assert holders(cast.units["c.edu"], Role.LIAISON, clock.today()) == ["接任"]
    assert User.objects.get(pk=new.pk).posts.get().starts == clock.today()


def test_with_a_new_term_the_links_of_who_answered_before_may_end(cast, client):
    unit, other, until = cast.units["c.edu"], cast.units["c.hos"], clock.now() + timedelta(days=9)
    made = [
        make_link(Purpose.UNIT, unit=one, kind="circulation", code=one.code, expires_at=until, by=BY)[0]
        for one in (unit, other)
    ]
    client.force_login(cast.users[Role.OFFICER])
    term = {"role": "chair", "names": "示范甲", "first_day": clock.today().isoformat()}
    address = reverse("federation:unit_term", args=[unit.code])
    told = client.post(address, term, follow=True).content.decode()
    assert "联系人、手机和邮箱还是原来登记的" in told
    assert not Link.objects.exclude(revoked_at=None).exists(), "only where she says so"
    client.post(address, {**term, "names": "示范乙", "end_links": "on"})
    for link in made:
        link.refresh_from_db()
    assert made[0].revoked_at and not made[1].revoked_at
    with pytest.raises(Refused):
        end_unit_links(other, by=cast.users["d.officer"])
