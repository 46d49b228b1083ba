"""The English catalogue: nothing untranslated, nothing lost when strings move, the same file whoever writes it."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from jinguo.config import catalogues, strings
from jinguo.config.strings import Text

PYTHON = """
from django.utils.translation import gettext as _, ngettext_lazy as many, pgettext
from django.utils import translation

SIGN = _("签收")
LONG = _("请先" "确认")
COUNT = many("%(count)s 个单位", "%(count)s 个单位", 2)
MONTH = pgettext("calendar", "月")
SAVE = translation.gettext("保存")
not_ours = dict.get("上报")
"""
TEMPLATE = """{% load i18n %}
    <h1>{% translate "通知" %}</h1>
  <p title="{% translate '打开' context "button" %}">{{ _("关闭") }}</p>
{% blocktranslate trimmed count n=units|length %}
  {{ n }} 个单位
{% plural %}
  {{ n }} 个单位
{% endblocktranslate %}"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house of two small rooms."""
    for name in ("notices", "reports"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    monkeypatch.setattr(strings, "HOUSE", tmp_path)
    return tmp_path


def english(house: Path, room: str, **translations: str) -> None:
    """Type these translations into a room's catalogue, as a person would."""
    path = catalogues.catalogue_path(house / room)
    text = path.read_text()
    for chinese, words in translations.items():
        text = text.replace(f'msgid "{chinese}"\nmsgstr ""', f'msgid "{chinese}"\nmsgstr "{words}"')
    path.write_text(text)


def test_strings_are_found_under_whatever_name_gettext_has() -> None:
    assert set(strings.texts_of_python(PYTHON, "a.py")) == {
        Text("签收"),
        Text("请先确认"),
        Text("%(count)s 个单位", "%(count)s 个单位"),
        Text("月", context="calendar"),
        Text("保存"),
    }


def test_strings_are_found_in_templates() -> None:
    assert set(strings.texts_of_template(TEMPLATE, "a.html")) == {
        Text("通知"),
        Text("打开", context="button"),
        Text("关闭"),
        Text("%(n)s 个单位", "%(n)s 个单位"),
    }


@pytest.mark.parametrize("call", ['_(f"{n} 个")', '_("共" + n)', '_("共 {}".format(n))'])
def test_a_computed_text_is_refused_with_its_line(call: str) -> None:
    with pytest.raises(strings.Unreadable, match=r"b\.py:2: gettext gets a computed text"):
        list(strings.texts_of_python(f"from django.utils.translation import gettext as _\n{call}\n", "b.py"))


def test_chinese_outside_every_wrapper_is_found() -> None:
    html = "{# 说明 #}\n<p>{% translate '好' %}</p>\n<b>漏了</b>\n{% comment %}注{% endcomment %}<b lang=\"zh-Hans\">中文</b>"
    assert strings.unwrapped_in_template(html) == [(3, "<b>漏了</b>")]
    assert strings.unwrapped_in_python(
        '"""说明"""\nfrom django.utils.translation import gettext as _\na = _("好")\nb = "漏了"'
    ) == [(4, "漏了")]


def test_update_keeps_english_drops_what_is_gone_and_writes_the_same_twice(house: Path) -> None:
    source = house / "notices" / "views.py"
    source.write_text(PYTHON)
    catalogues.update()
    english(house, "notices", 签收="Sign for it")
    catalogues.update()
    first = catalogues.catalogue_path(house / "notices").read_bytes()
    catalogues.update()
    assert catalogues.catalogue_path(house / "notices").read_bytes() == first
    assert b"Sign for it" in first and b"POT-Creation-Date" not in first
    source.write_text(PYTHON.replace('SAVE = translation.gettext("保存")', ""))
    catalogues.update()
    remaining = catalogues.entries(catalogues.read_catalogue(catalogues.catalogue_path(house / "notices")))
    assert ("", "保存") not in remaining
    assert remaining["", "签收"].string == "Sign for it"


def test_a_string_that_moves_to_another_room_takes_its_english_along(house: Path) -> None:
    call = "from django.utils.translation import gettext as _\n_('签收')\n"
    (house / "notices" / "views.py").write_text(call)
    catalogues.update()
    english(house, "notices", 签收="Sign for it")
    (house / "notices" / "views.py").unlink()
    (house / "reports" / "views.py").write_text(call)
    catalogues.update()
    assert catalogues.check() == 0
    assert not catalogues.catalogue_path(house / "notices").exists()


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ('msgid "%(n)s 个"\nmsgstr ""', "has no English"),
        ('#, fuzzy\nmsgid "%(n)s 个"\nmsgstr "%(n)s units"', "is marked fuzzy"),
        ('msgid "%(n)s 个"\nmsgstr "%(m)s units"', "has other placeholders in English"),
        ('msgid "%(n)s 个"\nmsgstr "units"', "has other placeholders in English"),
        ('msgid "%(n)s 个"\nmsgstr "%(n)s 个"', "is still Chinese"),
        ('msgid "另一句"\nmsgstr "another"', "not in the catalogue, so run update: “%(n)s 个”"),
        ('msgid "另一句"\nmsgstr "another"', "no longer used, so run update: “另一句”"),
    ],
)
def test_check_names_what_is_wrong(house: Path, capsys: pytest.CaptureFixture[str], entry: str, problem: str) -> None:
    (house / "notices" / "views.py").write_text("from django.utils.translation import gettext as _\n_('%(n)s 个')\n")
    path = catalogues.catalogue_path(house / "notices")
    path.parent.mkdir(parents=True)
    path.write_text(f"{catalogues.HEADER}{entry}\n")
    assert catalogues.check() == 1
    assert problem in capsys.readouterr().out


def test_the_singular_may_leave_out_its_number(house: Path) -> None:
    call = "from django.utils.translation import ngettext\nngettext('%(n)s 个', '%(n)s 个', 2)\n"
    (house / "notices" / "views.py").write_text(call)
    path = catalogues.catalogue_path(house / "notices")
    path.parent.mkdir(parents=True)
    entry = 'msgid "%(n)s 个"\nmsgid_plural "%(n)s 个"\nmsgstr[0] "one unit"\nmsgstr[1] "%(n)s units"\n'
    path.write_text(catalogues.HEADER + entry)
    assert catalogues.check() == 0


def test_what_is_compiled_is_what_gettext_reads(house: Path) -> None:
    import gettext

    (house / "notices" / "views.py").write_text("from django.utils.translation import gettext as _\n_('签收')\n")
    catalogues.update()
    english(house, "notices", 签收="Sign for it")
    catalogues.compile_all()
    translation = gettext.translation("django", house / "notices" / "locale", ["en"])
    assert translation.gettext("签收") == "Sign for it"


def test_the_catalogue_header_is_what_babel_reads() -> None:
    catalogue = read_po(iter(catalogues.HEADER.splitlines(keepends=True)), locale="en")
    assert (catalogue.num_plurals, catalogue.plural_expr) == (2, "(n != 1)")
