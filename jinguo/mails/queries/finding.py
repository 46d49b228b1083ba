"""Finding mails by what they say, within what the reader may see. Their words lie sealed; letters for help are never found."""

from django.db.models import Q

from jinguo.lib.mail import Letter
from jinguo.mails.models import Mail
from jinguo.search.queries import sealed_candidates
from jinguo.search.sealed import holds

OPENED = 300  # mails looked at again
TEXT = 40_000  # characters of one mail that are found


def found(actor: object, words: str, *, where: Q, most: int) -> list[Mail]:
    """The newest mails that hold every one of these words, or whose subject sounds like them.

    Args:
        where: which rows of the index are the reader's, on `owner_path`; what she may see is looked at again.
    """
    codes = sealed_candidates(words, where=where & Q(kind="mail"), most=OPENED)
    if not codes:
        return []
    rows = Mail.objects.visible_to(actor).filter(code__in=codes).exclude(letter_sealed="")
    matching: list[Mail] = []
    for row in rows.select_related("unit").order_by("-received_at", "-pk").iterator():
        letter = row.letter
        if letter is not None and holds(words, title=letter.subject, text=text_of(letter)):
            matching.append(row)
        if len(matching) == most:
            break
    return matching


def text_of(letter: Letter) -> str:
    """What a mail is found by beside its subject: who wrote, what she wrote, her files' names and words."""
    said = [letter.sender_name, letter.sender, letter.body]
    for part in letter.parts:
        said += [part.name, part.text]
    return "\n".join(said)[:TEXT]
