"""The calendar file: as RFC 5545 wants it, and silent about what would shame."""

from datetime import UTC, datetime

from jinguo.activities.ics import CalendarEntry, calendar_file

START, END = datetime(2024, 3, 8, 1, 30, tzinfo=UTC), datetime(2024, 3, 8, 3, 0, tzinfo=UTC)


def test_lines_are_short_escaped_and_end_as_they_should():
    entry = CalendarEntry("a@b", "读书, 一晚; " + "春" * 60, START, END, START, text="第一行\n第二行\\")
    data = calendar_file(entry)
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines) and data.endswith(b"END:VCALENDAR\r\n")
    unfolded = data.replace(b"\r\n ", b"").decode()
    assert "SUMMARY:读书\\, 一晚\\; " + "春" * 60 in unfolded
    assert "DESCRIPTION:第一行\\n第二行\\\\" in unfolded
    assert "DTSTART:20240308T013000Z" in unfolded and "DTEND:20240308T030000Z" in unfolded


def test_nobody_slips_a_line_of_their_own_in():
    data = calendar_file(CalendarEntry("a@b", "好\r\nATTENDEE:mailto:x", START, END, START)).decode()
    assert "\r\nATTENDEE" not in data


def test_a_cancelled_one_says_so():
    assert b"STATUS:CANCELLED" in calendar_file(CalendarEntry("a@b", "t", START, END, START, cancelled=True))
