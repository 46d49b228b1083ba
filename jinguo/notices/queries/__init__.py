"""Reads of this room."""

from jinguo.notices.queries.desk import Desk, desk_of, progress_of
from jinguo.notices.queries.notices import NoticeRow, decider_names, notice_list, offices_of, same_file

__all__ = ["Desk", "NoticeRow", "decider_names", "desk_of", "notice_list", "offices_of", "progress_of", "same_file"]
