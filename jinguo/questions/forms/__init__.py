"""Sheets in and out of a page: `QuestionForm` builds one question, `AnswerForm` asks them all."""

from jinguo.questions.forms.answers import AnswerForm
from jinguo.questions.forms.building import QuestionForm

__all__ = ["AnswerForm", "QuestionForm"]
