"""When something does not work, a person reads what may have happened and what to do, in her language."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape

from jinguo.ui.problems import PROBLEMS, problem_for

CODES = ["400", "403", "403_csrf", "404", "405", "409", "410", "413", "422", "429", "500", "503"]
LANGUAGES = ["zh-hans", "en"]


def words(code: str, language: str) -> list[str]:
    with translation.override(language):
        return [str(part) for part in PROBLEMS[code]]


def test_every_code_has_its_words():
    assert sorted(PROBLEMS) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_words_exist_in_both_languages(code):
    chinese, english = words(code, "zh-hans"), words(code, "en")
    for said, translated in zip(chinese, english, strict=True):
        assert said and translated and said != translated
        assert not any("\u4e00" <= character <= "\u9fff" for character in translated)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_page_needs_no_request_and_says_all_three(code, language):
    with translation.override(language):
        html = render_to_string(f"ui/errors/{code}.html")
    for said in words(code, language):
        assert escape(said) in html
    assert f"<title>{escape(words(code, language)[0])}</title>" in html
    assert f">{code[:3]}<" in html
    assert 'href="/"' in html and "<form" not in html


def test_the_page_of_a_refusal_says_the_reason_of_the_room():
    html = render_to_string("ui/errors/409.html", {"detail": "<b>李姐</b>刚刚接收了这一件。"})
    assert "&lt;b&gt;李姐&lt;/b&gt;刚刚接收了这一件。" in html


def test_a_fault_shows_its_reference():
    assert "R-2024-000123" in render_to_string("ui/errors/500.html", {"reference": "R-2024-000123"})


def test_an_unknown_code_is_told_as_our_fault():
    assert problem_for(418) == PROBLEMS["500"]
    assert problem_for(404) == PROBLEMS["404"]
