"""Workbooks in and out: what a person fills in with WPS or Excel, as plain rows of text.

`read_workbook` takes .xlsx, .xls, .et, .ods and .csv from strangers; `write_workbook` makes an .xlsx in which no cell is ever
a formula. Both know nothing of what the rows mean.
"""

from jinguo.lib.sheets.cells import Sheet, cell_name
from jinguo.lib.sheets.reading import read_workbook
from jinguo.lib.sheets.writing import Column, Table, write_csv, write_workbook

__all__ = ["Column", "Sheet", "Table", "cell_name", "read_workbook", "write_csv", "write_workbook"]
