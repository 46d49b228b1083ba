"""Reads of this room, one noun a file; `record_of` is what `reports` takes an activity's facts from."""

from jinguo.activities.queries.record import ActivityRecord, record_of, records_of

__all__ = ["ActivityRecord", "record_of", "records_of"]
