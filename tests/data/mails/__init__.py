"""Raw mails written by us, each an accident seen in the field, with what is expected of each.

It is measured by `make bench ARGS=mails`. `CORPUS` is made byte by byte when it is asked for; nothing in it is a real mail, person or unit. Addresses are under
example.org, facts are invented.
"""

from tests.data.mails.hostile import HOSTILE
from tests.data.mails.letters import LETTERS
from tests.data.mails.machines import MACHINES
from tests.data.mails.offices import OFFICES
from tests.data.mails.reports import REPORTS
from tests.data.mails.several import SEVERAL
from tests.data.mails.shapes import SHAPES
from tests.data.mails.worst import WORST
from tests.data.mails.writing import Expected

CORPUS: tuple[Expected, ...] = (*REPORTS, *SEVERAL, *SHAPES, *LETTERS, *MACHINES, *HOSTILE, *OFFICES, *WORST)
