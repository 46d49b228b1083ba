"""Group robots and the SMS gateway: what travels is the documented form, checked by a real endpoint; refusals, busy answers
and broken lines end as they should; secrets are sealed.
"""

import base64
import hashlib
import hmac
from datetime import timedelta
from urllib.parse import parse_qs

import pytest

from jinguo.lib import clock
from jinguo.lib.errors import Invalid, Refused
from jinguo.messages import actions
from jinguo.messages.faults import REPEATED
from jinguo.messages.models import Delivery, Gateway, OutMessage, Robot

TEXT = "请各单位签收：泉妇发〔2024〕1号"
SECRET = "SEC-test-only-0001"


@pytest.fixture
def robot(office, cast, endpoint):
    """`robot("wecom")` sets a robot up whose webhook is the endpoint."""

    def made(kind: str, secret: str = "") -> Robot:
        return actions.add_robot(
            office,
            kind=kind,
            name="县区工作群",
            url=f"{endpoint.url}/hook?key=k1",
            secret=secret,
            by=cast.users["officer"],
        )

    return made


@pytest.fixture
def gateway(office, cast, endpoint):
    def made(url: str = "/send?user=u1", body: str = "", media: str = "application/json", ok: str = "") -> Gateway:
        return actions.set_gateway(
            office, url=endpoint.url + url, body=body, media_type=media, ok_text=ok, by=cast.users["officer"]
        )

    return made


def post(robot: Robot, key: str = "test") -> OutMessage:
    row = actions.post_to_group(robot, key=key, text=TEXT, about=("campaign", "abcdefghjkmn"))
    actions.send_waiting()
    row.refresh_from_db()
    return row


def sms(office, phone: str = "13900000000", text: str = TEXT, key: str = "test") -> OutMessage:
    row = actions.send_sms(office, key=key, phone=phone, text=text, about=("circulation", "abcdefghjkmn"))
    actions.send_waiting()
    row.refresh_from_db()
    return row


def later(row: OutMessage) -> OutMessage:
    """Its time to be tried again has come."""
    OutMessage.objects.filter(pk=row.pk).update(next_at=clock.now())
    actions.send_waiting()
    row.refresh_from_db()
    return row


def test_wecom_gets_its_documented_text(robot, endpoint):
    row = post(robot("wecom"))
    [came] = endpoint.requests
    assert (came.method, came.path, came.query) == ("POST", "/hook", {"key": "k1"})
    assert came.headers["Content-Type"].startswith("application/json")
    assert came.json == {"msgtype": "text", "text": {"content": TEXT}}
    assert (row.state, row.failure, row.body_sealed) == (Delivery.SENT, "", "")


def test_dingtalk_gets_its_text_and_a_signature_it_can_check(robot, endpoint):
    post(robot("dingtalk", SECRET))
    [came] = endpoint.requests
    assert came.json == {"msgtype": "text", "text": {"content": TEXT}}
    stamp = came.query["timestamp"]
    assert abs(int(stamp) / 1000 - clock.now().timestamp()) < 60
    mine = hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest()
    assert base64.b64decode(came.query["sign"]) == mine
    assert came.query["key"] == "k1"


def test_feishu_gets_its_text_and_a_signature_it_can_check(robot, endpoint):
    endpoint.say({"code": 0, "msg": "success", "data": {}})
    row = post(robot("feishu", SECRET))
    [came] = endpoint.requests
    stamp = came.json["timestamp"]
    assert abs(int(stamp) - clock.now().timestamp()) < 60
    mine = hmac.new(f"{stamp}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert came.json == {
        "timestamp": stamp, "sign": base64.b64encode(mine).decode(), "msg_type": "text", "content": {"text": TEXT},
    }  # fmt: skip
    assert row.state == Delivery.SENT


def test_without_a_secret_nothing_is_signed(robot, endpoint):
    post(robot("dingtalk"), "a")
    post(robot("feishu"), "b")
    assert set(endpoint.requests[0].query) == {"key"}
    assert set(endpoint.requests[1].json) == {"msg_type", "content"}


def test_a_long_text_is_cut_within_the_bytes_wecom_takes(office, robot, endpoint):
    actions.post_to_group(robot("wecom"), key="long", text="签" * 2000, about=("campaign", "abcdefghjkmn"))
    actions.send_waiting()
    said = endpoint.requests[0].json["text"]["content"]
    assert len(said.encode()) <= 2048
    assert said.endswith("签…")


@pytest.mark.parametrize(
    ("kind", "answer", "status", "state", "said"),
    [
        (
            "wecom",
            {"errcode": 93000, "errmsg": "invalid webhook url"},
            200,
            Delivery.ASIDE,
            "93000 invalid webhook url",
        ),
        ("wecom", {"errcode": 45009, "errmsg": "api freq out of limit"}, 200, Delivery.WAITING, "45009"),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, 200, Delivery.ASIDE, "310000 sign not match"),
        ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, 200, Delivery.WAITING, "130101"),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, 200, Delivery.ASIDE, "19021 sign match fail"),
        ("feishu", {"code": 11232, "msg": "frequency limited"}, 200, Delivery.WAITING, "11232"),
        ("wecom", "<html>login</html>", 200, Delivery.ASIDE, "不像是群机器人"),
        ("wecom", "busy", 503, Delivery.WAITING, "HTTP 503"),
        ("wecom", "moved", 302, Delivery.ASIDE, "HTTP 302"),
    ],
)
def test_a_refusal_is_final_and_a_busy_answer_is_tried_again(robot, endpoint, kind, answer, status, state, said):
    endpoint.say(answer, status)
    row = post(robot(kind))
    assert row.state == state
    assert said in row.failure
    if state == Delivery.WAITING:
        assert row.next_at > clock.now()
        endpoint.say({"errcode": 0, "code": 0})
        assert later(row).state == Delivery.SENT
        assert row.failure == ""


def test_a_line_cut_before_the_answer_is_repeated_once_and_the_row_says_so(robot, endpoint):
    endpoint.cuts = 1
    row = post(robot("wecom"))
    assert (row.state, row.repeats) == (Delivery.WAITING, 1)
    assert REPEATED in row.failure
    row = later(row)
    assert (row.state, row.failure, len(endpoint.requests)) == (Delivery.SENT, REPEATED, 2)


def test_never_more_than_one_repeat(robot, endpoint):
    endpoint.cuts = 9
    row = later(post(robot("wecom")))
    assert (row.state, row.repeats, len(endpoint.requests)) == (Delivery.UNKNOWN, 1, 2)
    later(row)
    assert len(endpoint.requests) == 2, "now a person decides"


def test_nobody_listening_is_certainly_not_sent(robot, endpoint):
    set_up = robot("wecom")
    endpoint.stop()
    row = post(set_up)
    assert (row.state, row.repeats, row.handed_at) == (Delivery.WAITING, 0, None)


def test_an_sms_by_address_alone(office, gateway, endpoint):
    gateway("/send?to={phone}&msg={text}&ref={id}")
    row = sms(office, text="验证码 123456，10分钟内有效 & 不要外传")
    [came] = endpoint.requests
    assert (came.method, came.body) == ("GET", b"")
    assert came.query == {"to": "13900000000", "msg": "验证码 123456，10分钟内有效 & 不要外传", "ref": row.code}
    assert row.state == Delivery.SENT


def test_an_sms_as_json_and_as_a_form_with_nothing_breaking_out(office, gateway, endpoint):
    nasty = '他说"好"\\ & =100%{phone}'
    gateway(body='{"mobile":"{phone}","content":"{text}","sn":"{id}"}', ok='"code":0')
    endpoint.say('{"code":0}')
    row = sms(office, text=nasty, key="json")
    assert endpoint.requests[0].json == {"mobile": "13900000000", "content": nasty, "sn": row.code}
    gateway(body="m={phone}&c={text}", media="application/x-www-form-urlencoded")
    sms(office, text=nasty, key="form")
    assert parse_qs(endpoint.requests[1].body.decode()) == {"m": ["13900000000"], "c": [nasty]}


def test_an_answer_without_the_words_of_success_is_not_sent(office, gateway, endpoint):
    gateway("/send?to={phone}&msg={text}", ok='"code":0')
    endpoint.say('{"code":7,"msg":"balance"}')
    row = sms(office)
    assert row.state == Delivery.ASIDE
    assert "balance" in row.failure


def test_a_repeated_sms_carries_the_same_id_so_that_the_gateway_can_tell(office, gateway, endpoint):
    gateway("/send?to={phone}&msg={text}&ref={id}")
    endpoint.cuts = 1
    row = later(sms(office))
    assert row.state == Delivery.SENT
    assert endpoint.requests[0].query["ref"] == endpoint.requests[1].query["ref"]


def test_secrets_are_sealed_and_forgotten_when_it_ends(robot, cast):
    row = robot("dingtalk", SECRET)
    row.refresh_from_db()
    assert row.url and row.url not in row.url_sealed
    assert SECRET not in row.secret_sealed
    waiting = actions.post_to_group(row, key="late", text=TEXT, about=("campaign", "abcdefghjkmn"))
    actions.end_robot(row, by=cast.users["officer"])
    row.refresh_from_db()
    assert (row.url_sealed, row.secret_sealed) == ("", "")
    actions.send_waiting()
    waiting.refresh_from_db()
    assert waiting.state == Delivery.ASIDE


@pytest.mark.parametrize("url", ["", "ftp://example.org/x", "https://", "http://example.org/hook", "https://a b/"])
def test_only_addresses_that_can_be_posted_to(office, cast, url):
    with pytest.raises(Invalid):
        actions.add_robot(office, kind="wecom", name="群", url=url, secret="", by=cast.users["officer"])


def test_only_the_offices_officer_sets_channels(office, cast):
    for who in ("leader", "liaison", "d.officer", "sister"):
        with pytest.raises(Refused):
            actions.add_robot(
                office, kind="wecom", name="群", url="https://example.org/x", secret="", by=cast.users[who]
            )


def test_the_page_sets_a_robot_up_and_never_shows_its_address_again(client, office, cast, endpoint):
    client.force_login(cast.users["officer"])
    data = {"kind": "wecom", "name": "县区工作群", "url": f"{endpoint.url}/hook?key=k1", "secret": ""}
    page = client.post("/desk/channels/robots/", data, follow=True).content.decode()
    assert "县区工作群" in page
    assert "key=k1" not in page
    client.post(f"/desk/channels/robots/{Robot.objects.get().code}/try/")
    actions.send_waiting()
    assert "测试消息" in endpoint.requests[0].json["text"]["content"]
    assert client.post("/desk/channels/robots/", {**data, "url": "nonsense"}).status_code == 422
    client.force_login(cast.users["liaison"])
    assert client.get("/desk/channels/").status_code == 403


def test_lease_of_the_dead_is_taken_over_once(robot, endpoint):
    """A worker that died after the hand-over: once more, and the row says so."""
    row = actions.post_to_group(robot("wecom"), key="dead", text=TEXT, about=("campaign", "abcdefghjkmn"))
    OutMessage.objects.filter(pk=row.pk).update(
        handed_at=clock.now() - timedelta(minutes=9), lease_until=clock.now() - timedelta(minutes=4), lease_token="gone"
    )
    actions.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.repeats) == (Delivery.WAITING, 1)
    assert later(row).state == Delivery.SENT
    assert len(endpoint.requests) == 1
