"""What may go wrong in a way a person should hear about. Each carries the sentence that person reads."""


class Problem(Exception):
    """Base of expected errors; `sentence` says what happened and what to do next (translated lazily)."""

    status = 400

    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(Problem):
    """A rule says no. Shown as 403, or as the reason on a disabled button."""

    status = 403


class NotThere(Problem):
    """The thing does not exist, or not for this reader. Shown as 404, the same bytes for both."""

    status = 404


class Stale(Problem):
    """Somebody else was faster, or the page is old. Shown as 409; nothing was changed."""

    status = 409


class Gone(Problem):
    """A link has expired, was revoked, or was altered. Shown as 410."""

    status = 410


class Invalid(Problem):
    """What was sent cannot be used as it is. Shown as 422, beside the field where one is named.

    Args:
        sentence: what is wrong and how to mend it.
        field: the form field it belongs to, or "" for the whole form.
    """

    status = 422

    def __init__(self, sentence: object, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class TooMuch(Problem):
    """Asked too often in a short time. Shown as 429."""

    status = 429


class NoRoom(Problem):
    """The disk is full. Shown as 503; nothing was changed."""

    status = 503


class KeptApart(Problem):
    """What was typed reads like a plea: it is kept for the duty case worker alone and nothing else was done. No error to the
    person who typed it: shown as 202, a page of its own with the numbers to call (`people.actions.keep_apart`)."""

    status = 202
