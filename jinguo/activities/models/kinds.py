"""What is held: its kind, and finer, for words and for the values a form begins with, its subkind."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Kinds of the record (issue 2, item 4); selection makes a call, not an activity."""

    CONGRESS = "congress", _("大会")
    SYMPOSIUM = "symposium", _("座谈会")
    JOB_FAIR = "job_fair", _("招聘会")
    EXHIBITION = "exhibition", _("展览")
    SHARING = "sharing", _("故事分享")
    MIXER = "mixer", _("联谊")
    READING = "reading", _("诵读、读书")
    TRAINING = "training", _("培训")
    LECTURE = "lecture", _("宣讲、讲座")
    VOLUNTEER = "volunteer", _("志愿服务")
    VISIT = "visit", _("走访慰问")
    RIGHTS = "rights", _("普法、维权")
    COMPETITION = "competition", _("比赛")
    PERFORMANCE = "performance", _("演出")
    CEREMONY = "ceremony", _("揭牌、启动")
    FAMILY_EDUCATION = "family_education", _("家庭教育")
    MEDIA = "media", _("媒体宣传")
    OTHER = "other", _("其他")


class SubKind(models.TextChoices):
    """Ways of holding a kind that have a name of their own; each belongs to one kind."""

    UNVEILING = "unveiling", _("揭牌、挂牌")
    LAUNCH = "launch", _("启动仪式")
    AWARD_AT_HOME = "award_at_home", _("送奖到基层")
    PARENT_CHILD = "parent_child", _("亲子诵读")
    READING_CIRCLE = "reading_circle", _("读书会")
    FAMILY_STORIES = "family_stories", _("家庭故事分享")
    SMALL_STOOL = "small_stool", _("小板凳宣讲")
    LIVE_TALK = "live_talk", _("线上直播讲座")
    SKILLS = "skills", _("技能培训")
    WOMEN_FAIR = "women_fair", _("女性专场招聘会")
    STUDENT_FAIR = "student_fair", _("女大学生专场")
    LEGAL_AID_DAY = "legal_aid_day", _("法律援助日")
    LAW_TALK = "law_talk", _("普法讲座")
    TO_COUNTRY = "to_country", _("三下乡")
    FREE_CLINIC = "free_clinic", _("义诊、便民服务")
    HARDSHIP_VISIT = "hardship_visit", _("慰问困难姐妹")
    WORKS_SHOW = "works_show", _("书画、手工作品展")
    SKILLS_CONTEST = "skills_contest", _("岗位技能比赛")


KIND_OF: dict[str, Kind] = {
    SubKind.UNVEILING: Kind.CEREMONY,
    SubKind.LAUNCH: Kind.CEREMONY,
    SubKind.AWARD_AT_HOME: Kind.CEREMONY,
    SubKind.PARENT_CHILD: Kind.READING,
    SubKind.READING_CIRCLE: Kind.READING,
    SubKind.FAMILY_STORIES: Kind.SHARING,
    SubKind.SMALL_STOOL: Kind.LECTURE,
    SubKind.LIVE_TALK: Kind.LECTURE,
    SubKind.SKILLS: Kind.TRAINING,
    SubKind.WOMEN_FAIR: Kind.JOB_FAIR,
    SubKind.STUDENT_FAIR: Kind.JOB_FAIR,
    SubKind.LEGAL_AID_DAY: Kind.RIGHTS,
    SubKind.LAW_TALK: Kind.RIGHTS,
    SubKind.TO_COUNTRY: Kind.VOLUNTEER,
    SubKind.FREE_CLINIC: Kind.VOLUNTEER,
    SubKind.HARDSHIP_VISIT: Kind.VISIT,
    SubKind.WORKS_SHOW: Kind.EXHIBITION,
    SubKind.SKILLS_CONTEST: Kind.COMPETITION,
}
"""Each subkind's kind."""
