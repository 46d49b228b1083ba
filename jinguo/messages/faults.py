"""How a sending may end other than well, and the words shown beside such a message.

Said in both languages at once, like the servers' own words: the worker has none.
"""

CUT_SHORT = "发送中途程序停了，不知对方是否收到 / the program stopped while sending"
KILLS = "每次发送都中断，先放一边，请把日志交给开发者 / every try broke off; see the worker's log"
REPEATED = "第一次不知是否送到，已再发一次，对方可能收到两遍 / sent once more; the other side may have it twice"


class NotSent(Exception):
    """The message did not leave.

    Attributes:
        final: true when trying again cannot help (the server refused this address or this text for good).
    """

    def __init__(self, why: str, *, final: bool = False) -> None:
        super().__init__(why)
        self.final = final


class Uncertain(Exception):
    """The connection broke after the data were handed over: perhaps sent, perhaps not."""
