"""Telling the index what mails say, by keyed digests (`search.sealed`); letters for help are never told."""

from django.db import transaction

from jinguo.lib.mail import Letter
from jinguo.lib.registry import due_work
from jinguo.mails.models import Mail
from jinguo.mails.queries.finding import text_of
from jinguo.search.actions import index_sealed

BATCH = 50


def index_mail(mail: Mail, letter: Letter) -> None:
    """Let a mail be found. Called in the transaction that settles it."""
    index_sealed("mail", mail.code, title=letter.subject, text=text_of(letter), owner_path=mail.office.unit.path)


@due_work.register("mails.index", every=60)
def index_older_mails(most: int = BATCH) -> int:
    """Tell the index of mails that were settled before it was told of any; each once, wherever a worker was stopped."""
    rows = Mail.objects.to_index().select_related("office__unit").order_by("pk")
    return sum(_index(mail) for mail in list(rows[:most]))


def _index(mail: Mail) -> int:
    """1 when it was told; 0 when the mail became another meanwhile: a letter for help, one settled anew, a forgotten one."""
    with transaction.atomic():
        same = Mail.objects.to_index().filter(pk=mail.pk, letter_sealed=mail.letter_sealed)
        if not same.update(indexed=True):
            return 0
        letter = mail.letter
        if letter is not None:
            index_mail(mail, letter)
    return 1
