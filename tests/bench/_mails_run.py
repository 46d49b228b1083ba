"""One run of the benchmark of mails: a process of its own on an empty database."""

import sys
import time
from collections import Counter
from typing import Any

import django


def main() -> None:
    """Fetch, read and register every mail, then all of it once more."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    server = mailbox_with(raws(int(sys.argv[1])))
    measure(server)
    once_more()
    server.stop()


def mailbox_with(mails: list[bytes]) -> Any:
    """A running mail server that holds them, and the small world's office looking there."""
    from jinguo.mails.actions.boxes import set_mailbox
    from tests.issued import issue
    from tests.services.imap import Mailbox as Server
    from tests.world import Cast

    cast = Cast.begin()
    issue(cast)
    server = Server()
    server.start()
    set_mailbox(
        cast.office, by=cast.users["officer"], address=server.user, host=server.host, port=server.port, security="plain",
        user=server.user, secret=server.password,
    )  # fmt: skip
    size = sum(len(server.put(raw).raw) for raw in mails)
    print(f"{len(server.mails):,} mails, {size / 1e6:.1f} MB", flush=True)
    return server


def measure(server: Any) -> None:
    """Seconds until all are kept, and until all are registered."""
    from jinguo.mails.actions.fetching import fetch_mails
    from jinguo.mails.actions.settling import read_mails
    from jinguo.mails.models import Mail

    started = time.perf_counter()
    while fetch_mails():
        pass
    print(f"fetched and kept in {time.perf_counter() - started:.1f} s", flush=True)
    while read_mails(100):
        pass
    whole = time.perf_counter() - started
    rate = len(server.mails) / whole
    fates = dict(Counter(Mail.objects.values_list("fate", flat=True)))
    print(f"read and registered in {whole:.1f} s altogether ({rate:.1f} a second): {fates}", flush=True)


def once_more() -> None:
    """The whole mailbox is fetched again as if nothing had been seen."""
    from jinguo.lib import clock
    from jinguo.mails.actions.fetching import fetch_mails
    from jinguo.mails.actions.settling import read_mails
    from jinguo.mails.models import Mail, Mailbox
    from jinguo.reports.models import Return

    before = (Mail.objects.count(), Return.objects.count())
    Mailbox.objects.update(last_uid=0, next_at=clock.now())
    while fetch_mails():
        pass
    while read_mails(100):
        pass
    after = (Mail.objects.count(), Return.objects.count())
    print(f"all of it once more: {after[0] - before[0]} mails and {after[1] - before[1]} returns more", flush=True)


def raws(many: int) -> list[bytes]:
    """Reports of five units, in turn with a .docx, a .pdf, a .zip with pictures, and in the text itself."""
    from jinguo.lib import clock
    from tests.activities.pictures import jpeg
    from tests.data.mails.writing import ADDRESS, docx, file, mail, news, pdf, picture
    from tests.lib.mails import zipped

    day = clock.local(clock.now()).date()
    shot = jpeg(1600, 1200)  # a real one, to be opened, shrunk and kept
    photo = file("现场.jpg", shot)
    units, made = [key for key in ADDRESS if key], []
    for number in range(many):
        title = f"巾帼宣讲第{number + 1}场"
        text = news(title, day=f"{day.year}年{day.month}月{day.day}日", unit="本单位")
        attached = [
            lambda t: (file("信息.docx", docx(t)), photo),
            lambda t: (file("信息.pdf", pdf(t)),),
            lambda t: (file("材料.zip", zipped({"信息.docx": docx(t), "1.jpg": shot})),),
            lambda t: (photo, picture("2.jpg")),
        ][number % 4](text)
        body = text if number % 4 == 3 else "见附件。"
        made.append(mail(body, unit=units[number % 5], subject=title, files=attached))
    return made


if __name__ == "__main__":
    main()
