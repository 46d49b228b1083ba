"""Words as people paste them, and as they stand inside quotation marks."""

import pytest

from jinguo.lib.texts import inner, quote


@pytest.mark.parametrize(
    ("said", "quoted"),
    [
        ("“幸福家”单身联谊", "“‘幸福家’单身联谊”"),
        ("亲子诵读", "“亲子诵读”"),
        ("三月芳华情·\n “巾帼写丹青”", "“三月芳华情· ‘巾帼写丹青’”"),
    ],
)
def test_marks_inside_marks_are_single(said, quoted):
    assert quote(said) == quoted
    assert "“" not in inner(said)
