"""Health for machines, the state of the installation for administrators, and the demonstration's mailbox."""

import email
import email.policy
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from jinguo.lib import clock
from jinguo.lib.rulings import require
from jinguo.ops import rules
from jinguo.ops.demo.loader import signins_file
from jinguo.ops.doctor import examine
from jinguo.ops.worker import heart_file

NEWEST = 100


def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503; says whether the worker lives. No detail for strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    beat = heart_file()
    moment = (clock.now() - clock.shift()).timestamp()
    worker = beat.exists() and moment - beat.stat().st_mtime < 120
    answer = JsonResponse({"database": database, "worker": worker}, status=200 if database else 503)
    answer["Cache-Control"] = "no-store"
    return answer


def system(request: HttpRequest) -> HttpResponse:
    """What `jinguo doctor` says, as a page."""
    require(rules.may_see_machine(request.user))
    return render(request, "ops/system.html", {"findings": examine(), "looked_at": clock.now()})


def mailbox(request: HttpRequest) -> HttpResponse:
    """The letters the demonstration wrote instead of sending them; only there, for anybody may read them."""
    if settings.MAIL != "folder" or not signins_file().exists():
        raise Http404
    folder = Path(settings.DATA) / "mail"
    newest = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]
    wanted = request.GET.get("q", "").strip()
    letters = [_letter(path) for path in newest]
    if wanted:
        letters = [
            letter
            for letter in letters
            if wanted in letter["to"] or wanted in letter["subject"] or wanted in letter["body"]
        ]
    return render(request, "ops/mailbox.html", {"letters": letters, "q": wanted})


def _letter(path: Path) -> dict[str, str]:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = mail.get_body(("plain",))
    return {
        "to": str(mail["To"]),
        "subject": str(mail["Subject"]),
        "date": str(mail["Date"]),
        "body": body.get_content() if body else "",
    }
