"""What somebody said about an activity, read for its day, hour, place, number and kind. Pure: words in, proposals out.

Only what stands in the words is proposed: no day without a word for it, no number that was not said. `when` reads days and
hours, `what` the rest; a person looks at every value before anything is kept.
"""

from jinguo.activities.spoken.hearing import MOST, Heard, Span, hear

__all__ = ["MOST", "Heard", "Span", "hear"]
