"""A form in this house: the label above, what may stay empty is marked, an error stands beside its field and on top."""

from django import forms

from jinguo.ui.forms import ChipSelect
from tests.ui.pages import render


class Visit(forms.Form):
    called = forms.CharField(label="怎么称呼您", required=False)
    phone = forms.RegexField(
        r"^1\d{10}$", label="手机号", help_text="只用来通知这一场", error_messages={"invalid": "手机号应为 11 位"}
    )
    heads = forms.IntegerField(label="人次", widget=forms.NumberInput(attrs={"class": "input--ask"}))
    about = forms.BooleanField(label="这是大概的数", required=False)
    when = forms.ChoiceField(label="什么时候", choices=[("a", "周末"), ("b", "下周")], widget=ChipSelect)
    how = forms.ChoiceField(label="怎么报", choices=[("w", "网页"), ("m", "邮件")], widget=forms.RadioSelect)
    code = forms.CharField(widget=forms.HiddenInput, initial="c-1")

    def clean(self):
        if self.cleaned_data.get("called") == "<b>":
            raise forms.ValidationError("称呼里不能有尖括号。")
        return self.cleaned_data


GOOD = {"phone": "13800138000", "heads": "3", "when": "a", "how": "m", "code": "c-1"}


def test_each_field_has_its_label_hint_and_control():
    html = str(Visit())
    assert '<label for="id_called">怎么称呼您 <span class="opt">可以不写</span></label>' in html
    assert '<label for="id_phone">手机号</label>' in html
    assert '<p class="field__hint" id="id_phone_helptext">只用来通知这一场</p>' in html
    assert 'class="input" required aria-describedby="id_phone_helptext" id="id_phone"' in html
    assert 'class="input input--ask"' in html
    assert '<input type="hidden" name="code" value="c-1" id="id_code">' in html
    assert "aria-invalid" not in html and 'class="errors"' not in html


def test_an_error_is_said_beside_the_field_and_on_top_of_the_form():
    html = str(Visit(GOOD | {"phone": "138"}))
    assert 'aria-invalid="true" aria-describedby="id_phone_helptext id_phone_error"' in html
    assert '<div id="id_phone_error"><p class="field__error">' in html
    top = html[html.index('class="errors"') : html.index('id="id_called"')]
    assert "还差一处" in top and '<a href="#id_phone">手机号</a>：手机号应为 11 位' in top
    assert 'value="138"' in html, "what she typed is still there"


def test_several_errors_are_counted():
    html = str(Visit(GOOD | {"phone": "138", "heads": "三"}))
    assert "还差 2 处" in html


def test_an_error_of_the_whole_form_is_escaped_and_on_top():
    html = str(Visit(GOOD | {"called": "<b>"}))
    assert "称呼里不能有尖括号。" in html
    assert 'value="&lt;b&gt;"' in html and 'value="<b>"' not in html


def test_choices_are_a_group_with_a_name():
    html = str(Visit(GOOD))
    assert html.count("<fieldset") == 2 and "<legend>什么时候</legend>" in html
    chips = html[html.index("什么时候") : html.index("怎么报")]
    assert chips.count('class="chip"') == 2 and chips.count("checked") == 1
    assert html[html.index("怎么报") :].count('class="check"') == 2


def test_one_box_stands_before_its_words():
    html = str(Visit(GOOD))
    box = html[html.index('<label class="check" for="id_about">') :]
    assert box.index("<input") < box.index("这是大概的数")


def test_a_single_control_keeps_the_class_its_form_gave_it():
    html = render("{% control form.heads %}", form=Visit(GOOD))
    assert html.count("class=") == 1 and 'class="input input--ask"' in html
