"""A day is asked for with one field everywhere: what people type is read, what no calendar can reckon with is refused."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

import jinguo
from jinguo.ui.forms import DayField


@pytest.mark.parametrize("typed", ["2024-03-08", "2024/3/8", "2024.3.8", "２０２４．３．８", "2024年 3月 8日"])
def test_a_day_is_read_as_people_type_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2024, 3, 8)


@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01", "2024-02-30", "八号"])
def test_a_day_nobody_can_reckon_with_is_refused_with_how_to_write_it(typed: str) -> None:
    with pytest.raises(ValidationError, match="2024-03-08"):
        DayField().clean(typed)


def test_no_form_asks_for_a_day_otherwise() -> None:
    root = Path(jinguo.__file__).parent
    asks = [path for path in root.rglob("*.py") if "forms.DateField(" in path.read_text()]
    assert asks == []
