"""Writes a summary from a snapshot: plain official sentences, each with its sources and its numbers. PURE.

A value in, values out: no database, no clock, no Django. Nothing is praised and no slogan is made: themes and headings
are the notice's own words, examples and difficulties the units' own words in quotation marks. What was planned and not
reported is said. Papers are never translated.
"""

from jinguo.reports.builder.draft import Draft, Heading, Number, Sentence, Source
from jinguo.reports.builder.outline import MAYBE, build, outline
from jinguo.reports.builder.table import Table
from jinguo.reports.builder.tables import tables

__all__ = ["MAYBE", "Draft", "Heading", "Number", "Sentence", "Source", "Table", "build", "outline", "tables"]
