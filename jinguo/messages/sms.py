"""SMS by the office's HTTP gateway: the address and the body are templates with {phone}, {text} and {id}.

`{id}` is the message's own code: a gateway that is given it can tell a repeat and drops it.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from jinguo.messages import web
from jinguo.messages.faults import NotSent
from jinguo.messages.models import Gateway, OutMessage

PLACES = re.compile(r"\{(phone|text|id)\}")
_PHONE = re.compile(r"\+?\d{6,15}")


@dataclass(frozen=True)
class Request:
    """A request as it is sent; without a body it is a GET."""

    url: str
    body: bytes | None


def compose(gateway: Gateway, *, phone: str, text: str, code: str) -> Request:
    """The templates with their values put in, each escaped for the place it stands in."""
    values = {"phone": phone, "text": text, "id": code}
    url = PLACES.sub(lambda place: quote(values[place.group(1)], safe=""), gateway.url)
    if not gateway.body:
        return Request(url, None)
    escape = _escape(gateway.media_type)
    return Request(url, PLACES.sub(lambda place: escape(values[place.group(1)]), gateway.body).encode())


def _escape(media_type: str) -> Callable[[str], str]:
    if "json" in media_type:
        return lambda value: json.dumps(value, ensure_ascii=False)[1:-1]
    if "urlencoded" in media_type:
        return lambda value: quote(value, safe="")
    if "xml" in media_type:
        return lambda value: (
            value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
        )
    return str


def carry(message: OutMessage, at_hand_over: Callable[[], None]) -> None:
    """Hand one message to the gateway.

    Raises:
        NotSent, Uncertain: as `web.ask`; also when the answer lacks the gateway's words of success.
    """
    gateway = Gateway.objects.filter(office=message.office, is_active=True).first()
    if gateway is None:
        raise NotSent("还没有设置短信网关 / no SMS gateway is set up")
    if not _PHONE.fullmatch(message.to):
        raise NotSent("手机号码不对 / not a mobile number", final=True)
    request = compose(gateway, phone=message.to, text=message.body, code=message.code)
    headers = {"Content-Type": f"{gateway.media_type}; charset=utf-8"} if request.body is not None else {}
    answer = web.ask(request.url, request.body, headers, at_hand_over)
    web.expect_taken(answer)
    if gateway.ok_text and gateway.ok_text not in answer.text:
        raise NotSent(f"网关没有收下 / the gateway did not take it: {answer.text.strip()[:200]}", final=True)
