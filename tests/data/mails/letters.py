"""收到 in all its forms, and letters of women who write to whatever address they find."""

from tests.data.mails.writing import Expected, docx, file, mail, news


def _signs(name: str, text: str, *, unit: str = "c.edu", fate: str = "signed", **more):
    more = {"subject": "回复：请签收：泉妇发〔2024〕1号", "reply_to": "<notice-edu@example.org>"} | more
    return Expected(name, mail(text, unit=unit, **more), "sign", fate, unit, "address")


QUOTED = "\n\n------------------ 原始邮件 ------------------\n发件人: 清泉市妇联\n主题: 请签收\n\n请开展活动并报送。"


_women = iter(range(1, 100))


def _help(name: str, text: str, *, subject: str = "求助", unit: str = "", files=(), sender: str = ""):
    """Every woman has an address of her own: what she writes next is held too."""
    sender = sender or ("" if unit else f"woman-{next(_women)}@example.org")
    return Expected(name, mail(text, unit=unit, subject=subject, files=files, sender=sender), "case", "help")


def _handed_on(text: str) -> bytes:
    """Her own mail, as a file."""
    return file("来信.eml", mail(text, unit="", subject="您好", sender="hers@example.org"))


LETTERS = (
    _signs("收到", "收到"),
    _signs("收到 with our letter below", "收到，谢谢！" + QUOTED),
    _signs("已收到 and who", "已收到通知，将认真落实。\n\n西岭区妇联\n2024年3月1日", unit="c.b", reply_to="<notice-b@example.org>"),
    _signs("from a phone", "已签收\n\n发自我的手机", unit="c.hos", reply_to="", subject="回复：泉妇发〔2024〕1号"),
    _signs("only in the subject", "", unit="c.home", reply_to="", subject="收到"),
    Expected("收到 from an unknown address", mail("收到", unit="", subject="Re: 请签收 [QF7K2M]"), "sign", "unsure", "c.a", "token"),
    Expected("收到 and a question is a question", mail("收到。请问总结什么时候交？", unit="c.edu", subject="回复：通知"), "question", "asked", "c.edu", "address"),
    # letters for help: none of them may stay in the office's tray
    _help("beaten", "我老公又打我了，我带着孩子不敢回家，求求你们帮帮我。", subject="请看"),
    _help("in plain words", "你好，我被丈夫家暴很多年，现在想离婚，不知道怎么办。", subject="你好"),
    _help("no subject", "救救我", subject=""),
    _help("about her sister", "我姐姐被姐夫殴打，报警也没用，她在西岭区。", subject="想咨询一下"),
    _help("wages", "我怀孕了公司要辞退我，还拖欠工资，该找谁维权？", subject="咨询"),
    _help("does not want to live", "我不想活了，谁也不管我。", subject="活动信息"),
    _help("custody", "本人离婚后前夫不让我见孩子，也不给抚养费。", subject="关于抚养费"),
    _help("complaint", "我要举报单位领导骚扰女职工，材料见附件。", subject="举报"),
    _help("in a file", "材料见附件，请领导看看。", subject="材料", files=(file("求助信.txt", "我叫小芳，我丈夫经常打我。".encode("gbk"), "text/plain"),)),
    _help("in English", "Please help me, my husband beats me every day.", subject="hello"),
    _help("stalked", "前男友一直跟踪我，还威胁我，我很害怕。", subject="害怕"),
    _help("a petition", "我们村的妇女土地分配问题，本人多次上访没有结果，现向妇联信访。", subject="信访材料"),
    _help("from a unit's own mailbox", "我老公喝醉了就打我，不敢跟同事说。", subject="在吗", unit="c.edu"),
    _help("a case handed on", "现将来访人的情况转上，请市妇联协调。", subject="个案转介", unit="c.a"),
    _help("a petition handed on", "附上来信，请处理。", subject="关于刘某信访件的转办", unit="c.b"),
    _help("to the wrong thread", "收到。另外我自己也想求助，我丈夫打我。", subject="回复：请签收 [9DKRNP]", unit="c.edu"),
    _help("her next letter, which says nothing", "您好，上次的事，明天下午我有空。", subject="您好", sender="woman-1@example.org"),
    _help("in Traditional characters", "我丈夫經常毆打我，請你們幫幫我。", subject="您好"),
    _help("spaced out", "我 老 公 又 打 我 了，我 很 害 怕。", subject="您好"),
    _help("signs nobody sees between hers", "我老\u200b公又打\u200b我了。", subject="您好"),
    _help("wrapped by her telephone", "我嫁过来五年了，我老公\n经常打我，我不知道\n怎么办。", subject="您好"),
    _help("about her daughter", "我女儿在学校被老师猥亵，我该怎么办。", subject="您好"),
    _help("about a child, from a unit's mailbox", "我闺女被人拐走了，求大姐帮忙找找。", subject="在吗", unit="c.home"),
    _help("only in the subject, from a unit", "见主题", subject="我老公打我，救救我", unit="c.hos"),
    _help("in a paper a unit sends on", "材料见附件，请阅。", subject="材料", unit="c.b", files=(file("材料.docx", docx("本人张某，三十岁。我丈夫长期打我，逼我离开家，请妇联为我做主。")),)),
    _help("in a mail a unit sends on", "转上，请阅。", subject="转发：您好", unit="c.b", files=(_handed_on("我被丈夫打了，身上都是伤，请帮帮我。"),)),
    _help("below what a unit answers", "请市里研究。\n\n------------------ 原始邮件 ------------------\n发件人: 她\n主题: 您好\n\n我丈夫打我，救救我。", subject="转：您好", unit="c.a"),
    _help("in a table", "填好了", subject="登记表", files=(file("表.txt", "事由\t我被前夫威胁，他说要杀我\n".encode(), "text/plain"),)),
    # and these are work, not letters for help
    Expected("a lesson with its questions is work", mail(news("反家暴法律讲座", place="妇女之家") + "现场解答“丈夫打我怎么办”等问题20个。", unit="c.b", subject="反家暴法律讲座"),
             "news", "reported", "c.b", "address", {"held_on": "3-6"}),
    Expected("a play about it is work", mail(news("反家暴宣传情景剧", place="法治广场") + "剧中“他打我的时候没有人帮我”一句让观众落泪。", unit="c.b", subject="反家暴宣传情景剧"),
             "news", "reported", "c.b", "address", {"held_on": "3-6"}),
    Expected("law work is work", mail(news("维权普法进社区", place="和平社区"), unit="c.b", subject="维权普法进社区"), "news", "reported", "c.b", "address"),
    Expected("a reception day is work", mail(news("主席信访接待日活动", place="来访接待室"), unit="c.hos", subject="主席信访接待日活动"), "news", "reported", "c.hos", "address"),
)  # fmt: skip
