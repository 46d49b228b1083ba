"""Group robots of WeCom, DingTalk and Feishu: the documented forms of a text message, signing, and what the answers mean.

Sources: developer.work.weixin.qq.com/document/path/91770 (群机器人配置说明), open.dingtalk.com (自定义机器人发送群聊消息,
机器人安全设置: 加签), open.feishu.cn (自定义机器人使用指南: 签名校验).
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from jinguo.lib import clock
from jinguo.messages import web
from jinguo.messages.faults import NotSent
from jinguo.messages.models import OutMessage, Robot, RobotKind

# Longest text in bytes: WeCom says 2048; DingTalk and Feishu 20 KB for the whole body.
LONGEST = {RobotKind.WECOM: 2048, RobotKind.DINGTALK: 18_000, RobotKind.FEISHU: 18_000}
# Answers that pass by themselves: too many messages a minute, or the other side busy. Every other code is final.
PASSING = {
    RobotKind.WECOM: {-1, 45009, 45033},
    RobotKind.DINGTALK: {-1, 130101, 410100},
    RobotKind.FEISHU: {9499, 11232},
}
JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(frozen=True)
class Request:
    """A request as it is sent."""

    url: str
    body: bytes


def compose(kind: str, url: str, secret: str, text: str, moment: datetime) -> Request:
    """The documented request of one text message.

    Args:
        secret: the signing secret; "" where the robot has none. WeCom has no signing.
        moment: when it is signed; DingTalk and Feishu refuse what is more than an hour off.
    """
    text = shortened(text, LONGEST[RobotKind(kind)])
    payload: dict[str, Any] = {"msgtype": "text", "text": {"content": text}}
    if kind == RobotKind.DINGTALK and secret:
        stamp = str(int(moment.timestamp() * 1000))
        url += f"{'&' if '?' in url else '?'}timestamp={stamp}&sign={quote_plus(dingtalk_sign(stamp, secret))}"
    if kind == RobotKind.FEISHU:
        payload = {"msg_type": "text", "content": {"text": text}}
        if secret:
            stamp = str(int(moment.timestamp()))
            payload = {"timestamp": stamp, "sign": feishu_sign(stamp, secret), **payload}
    return Request(url, json.dumps(payload, ensure_ascii=False).encode())


def dingtalk_sign(stamp: str, secret: str) -> str:
    """HMAC-SHA256 with the secret as key over "timestamp\\nsecret", base64."""
    return base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()).decode()


def feishu_sign(stamp: str, secret: str) -> str:
    """HMAC-SHA256 with "timestamp\\nsecret" as key over nothing, base64."""
    return base64.b64encode(hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def shortened(text: str, most: int) -> str:
    """The text within so many bytes of UTF-8, cut between characters."""
    data = text.encode()
    return text if len(data) <= most else data[: most - 3].decode("utf-8", "ignore") + "…"


def carry(message: OutMessage, at_hand_over: Callable[[], None]) -> None:
    """Post one message into a group.

    Raises:
        NotSent, Uncertain: as `web.ask`; also when the robot's own answer is a refusal.
    """
    robot = Robot.objects.filter(code=message.to, ended_at=None).first()
    if robot is None:
        raise NotSent("这个群机器人已经停用 / this robot is out of use", final=True)
    request = compose(robot.kind, robot.url, robot.secret, message.body, clock.now())
    answer = web.ask(request.url, request.body, JSON, at_hand_over)
    web.expect_taken(answer)
    understand(robot.kind, answer.text)


def understand(kind: str, text: str) -> None:
    """Go on when the robot took it.

    Raises:
        NotSent: the robot refused it, or it is not a robot that answered.
    """
    try:
        said = json.loads(text)
        code = next(said[name] for name in ("errcode", "code", "StatusCode") if name in said)
    except (ValueError, TypeError, StopIteration) as error:
        raise NotSent(f"对方不像是群机器人 / not a robot's answer: {text.strip()[:120]}", final=True) from error
    if code != 0:
        words = said.get("errmsg") or said.get("msg") or said.get("StatusMessage") or ""
        raise NotSent(f"{code} {words}"[:280], final=code not in PASSING[RobotKind(kind)])
