"""Every write of this room."""

from jinguo.notices.actions.answers import (
    answer_due,
    answer_sign_due,
    answer_signed_on,
    mark_seen,
    treat_as_notice,
)
from jinguo.notices.actions.items import add_item, confirm_all, confirm_item, edit_item, reject_item, undo_item
from jinguo.notices.actions.receive import paste_notice, read_notice, receive_notice, reread_notice
from jinguo.notices.actions.shape import flip_cut, merge_items, split_item
from jinguo.notices.actions.state import mark_planned, reopen_notice, void_notice
from jinguo.notices.actions.undo import take_back_answer, undo_together, unmark_seen

__all__ = [
    "add_item", "answer_due", "answer_sign_due", "answer_signed_on", "confirm_all", "confirm_item", "edit_item",
    "flip_cut", "mark_planned", "mark_seen", "merge_items", "paste_notice", "read_notice", "receive_notice",
    "reject_item", "reopen_notice", "reread_notice", "split_item", "take_back_answer", "treat_as_notice", "undo_item",
    "undo_together", "unmark_seen", "void_notice",
]  # fmt: skip
