"""Reports as units send them: in the body, in a file, with a note beside, with and without what is needed."""

from tests.data.mails.writing import Expected, docx, file, mail, news, pdf, picture, xlsx
from tests.lib.mails import zipped

N, S, T = "news", "summary", "table"
YIZHEN = news("“漾泉”义诊进机关")
CLOSING = (
    "东川县妇联“三八”国际妇女节系列活动总结\n\n今年“三八”国际妇女节期间，东川县妇联按照通知要求，组织各级妇女组织开展义诊、普法、慰问等活动。"
    "一是组织义诊走进企业和医院。二是在妇女之家讲家庭教育课。三是走访慰问困难母亲。下一步，将继续做好服务妇女群众的工作，把好事办实。\n\n东川县妇女联合会\n2024年3月20日\n"
)


def _news(
    name: str,
    text: str = "",
    *,
    fate: str = "reported",
    unit: str = "c.a",
    kind: str = N,
    how: str = "address",
    fields=None,
    **more,
):
    return Expected(
        name, mail(text, unit=unit if how == "address" else "", **more), kind, fate, unit, how, fields or {}
    )


def _on(title: str, **more):
    return {"title": title, "held_on": "3-6", **more}


REPORTS = (
    _news("in the body", YIZHEN, subject="“漾泉”义诊进机关", fields=_on("“漾泉”义诊进机关", on_site=80, place="县人民医院")),
    _news("in a docx with a note", "您好，附件是我县的活动信息，请查收。", subject="报送活动信息",
          files=(file("信息.docx", docx(news("巾帼普法进社区", place="幸福社区"))), picture()), fields=_on("巾帼普法进社区", place="幸福社区")),
    _news("in a pdf", "请查收。", subject="信息", files=(file("信息.pdf", pdf(news("春风送岗招聘会", place="人民广场"))),),
          fields=_on("春风送岗招聘会", on_site=80)),
    _news("in a zip with pictures", "见附件", subject="活动材料",
          files=(file("材料.zip", zipped({"信息稿.docx": docx(news("家庭教育课进校园", place="实验小学")), "1.jpg": b"\xff\xd8\xff" + b"0" * 900})),),
          fields=_on("家庭教育课进校园", place="实验小学")),
    _news("the subject is the name", "3月6日，我县妇联在文化广场举办健步走，约120人参加。", subject="东川县妇联举办“巾帼健步走”活动",
          fields={"held_on": "3-6", "on_site": 120, "place": "文化广场"}),
    _news("with a labelled sheet", "活动名称：妇女健康讲座\n活动时间：3月6日上午\n活动地点：乡政府会议室\n参加人数：56人\n活动内容：请医生讲两癌预防，组织提问，大家都说有用。",
          subject="报送", fields={"title": "妇女健康讲座", "held_on": "3-6", "place": "乡政府会议室", "on_site": 56}),
    _news("days written in Chinese", news("巾帼志愿服务", day="三月六日"), fields=_on("巾帼志愿服务")),
    _news("a year written", news("送法下乡", day="2024年3月6日"), fields={"title": "送法下乡"}),
    _news("over several days", news("女职工插花比赛", day="3月5日至7日"), fields={"held_on": "3-5", "ended_on": "3-7"}),
    _news("a number in Chinese", news("读书分享会", on_site="一百二十名"), fields=_on("读书分享会", on_site=120)),
    _news("two numbers that differ stay open", "三八读书会\n\n3月6日，东川县妇联在图书馆开展读书会，80名妇女参加。据统计，共有95人参加了活动，大家踊跃发言，气氛热烈。",
          subject="三八读书会", fields={"on_site": None, "held_on": "3-6"}),
    _news("women among them", "女工趣味运动会\n\n3月6日，东川县妇联在体育馆举办女工趣味运动会，参加人数150人，其中女性130人，比赛分五个项目进行，场面热烈。",
          fields={"on_site": 150, "women": 130}),
    _news("watched on line", "网络直播课\n\n3月6日，东川县妇联在融媒体中心举办网络直播课，现场60人参加，线上观看1.2万人次，内容是科学育儿。后又开展问答，反响很好。",
          fields={"on_site": 60}),
    _news("many watched, in figures", "家风家教直播课\n\n3月6日，东川县妇联在融媒体中心举办家风家教直播课，现场60人参加，线上观看12000人次，内容是科学育儿，反响很好。",
          fields={"on_site": 60, "online": 12000}),
    _news("with those who helped", "公益相亲会\n\n3月6日，东川县妇联联合县总工会、团县委共同举办公益相亲会，在人民公园开展，120名单身青年参加，现场气氛很好。",
          fields={"cohosts": "县总工会、团县委", "on_site": 120}),
    _news("a deed counted", "为民办实事\n\n3月6日，东川县妇联在泉水镇开展为民办实事活动，办实事12件，惠及妇女群众300余人，大家都很满意，说办到了心坎上。",
          fields={"deeds": 12, "benefited": 300}),
    _news("forwarded from the village", "----- 转发邮件信息 -----\n发件人：村妇联\n发送日期：2024-03-07\n主题：活动\n\n" + news("槐树村文艺演出", place="村文化广场"),
          subject="转发：槐树村文艺演出", fields={"held_on": "3-6", "place": "村文化广场"}),
    _news("with her number in it", news("拥军慰问") + "\n联系人：张某\n联系电话：13800000000", fields=_on("拥军慰问", phone="13800000000")),
    _news("no day is no report", "近日，我县妇联在文化广场开展义诊活动，组织医生为妇女群众检查身体，80余人参加，发放手册200份，受到好评。", subject="义诊活动",
          fate="missing", fields={"held_on": None}),
    _news("no name is no report", "3月6日，东川县妇联组织干部学习，大家认真做笔记，有80人参加，会后开展了讨论，收获很大，将继续组织好。", subject="信息",
          fate="missing", fields={"title": None, "held_on": "3-6"}),
    _news("announced, not held", news("妇女健康讲座预告", day="4月2日").replace("参加", "将参加"), fate="to_look_at", fields={"held_on": "4-2"}),
    Expected("a summary in the body", mail(CLOSING, subject="东川县妇联活动总结"), S, "reported", "c.a", "address"),
    Expected("a summary in a docx", mail("附件为我委总结。", unit="c.edu", subject="总结", files=(file("市教育局妇委会活动总结.docx", docx(CLOSING.replace("东川县妇联", "市教育局妇委会"))),)),
             S, "reported", "c.edu", "address"),
    Expected("a table", mail("汇总表见附件。", subject="活动情况汇总表", files=(file("活动汇总表.xlsx", xlsx((("活动", "日期", "人数"), ("义诊", "3月6日", 80), ("讲座", "3月7日", 60)))),)),
             T, "reported", "c.a", "address"),
    Expected("a table of another office's making", mail("见附件。", unit="c.b", subject="统计表", files=(file("统计表.xls", xlsx((("单位", "人数"), ("西岭", 3)))),)),
             T, "reported", "c.b", "address"),
    Expected("zero", mail("本月没有开展相关活动。", unit="c.b", subject="零报告"), "zero", "zeroed", "c.b", "address"),
    Expected("only 无", mail("无", unit="c.hos", subject="活动情况"), "zero", "zeroed", "c.hos", "address"),
    Expected("a correction of a number", mail("更正：“漾泉”义诊进机关的参加人数应为95人，原来写的80人有误。", subject="更正：“漾泉”义诊进机关", unit="c.a"),
             "correction", "corrected", "c.a", "address"),
    Expected("a correction of what was never said", mail("上次报送的信息有误，请以此为准。", subject="更正：从没报过的活动名称", unit="c.hos"),
             "correction", "no_original", "c.hos", "address"),
    Expected("a new paper instead of the old", mail("上次的稿子有误，以此稿为准。", subject="更正", files=(file("巾帼普法进社区（修改稿）.docx", docx(news("巾帼普法进社区", place="幸福社区", on_site="95名"))),)),
             "correction", "corrected", "c.a", "address", {"on_site": 95}),
    Expected("the same activity once more", mail(YIZHEN, subject="“漾泉”义诊进机关（再发一次）"), N, "said_before", "c.a", "address"),
    Expected("a question", mail("请问总结什么时候交？要不要盖章？", unit="c.edu", subject="咨询"), "question", "asked", "c.edu", "address"),
    Expected("a question about the form", mail("老师您好，每次活动都要报照片吗？", unit="c.hos", subject="问一下"), "question", "asked", "c.hos", "address"),
    # whose it is
    _news("by the token", news("泉水镇巾帼集市", unit="西岭区妇联"), unit="c.b", how="token", subject="回复：请签收 [H3TXWB]", fields={"held_on": "3-6"}),
    _news("by the letter it answers", news("女教师座谈会", unit="市教育局妇委会", place="市一中"), unit="c.edu", how="thread", reply_to="<notice-edu@example.org>",
          subject="Re: 请签收", fields={"held_on": "3-6", "place": "市一中"}),
    _news("by the sign-off", news("护士节前的座谈", unit="我院") + "\n市第二医院女职工委员会\n2024年3月8日", unit="c.hos", how="sign_off", fate="unsure", subject="信息"),
    _news("by the sign-off and the short name", news("妇女之家读书角", unit="我们") + "\n　　　　泉水镇妇女之家", unit="c.home", how="sign_off", fate="unsure", subject="信息"),
    _news("by the heading", news("西岭区妇联开展送岗活动", unit="区妇联"), unit="c.b", how="heading", fate="unsure", subject="信息"),
    Expected("by nothing", mail(news("送温暖活动", unit="我们"), unit="", subject="信息"), N, "unclaimed"),
    Expected("a unit that was never asked", mail(news("石桥镇义诊", unit="石桥镇妇联"), unit="", subject="信息"), N, "unclaimed"),
    Expected("two units in one mail", mail(news("联合义诊", unit="两家") + "\n东川县妇联\n西岭区妇联\n", unit="", subject="信息"), N, "unclaimed"),
    Expected("an address in capitals", mail(news("巾帼讲堂"), sender="C-A@Example.ORG", subject="巾帼讲堂"), N, "reported", "c.a", "address"),
    # what a person must see first
    *[
        Expected(f"private: {name}", mail(news(title) + f"\n{line}\n", subject=title), N, "personal", "c.a", "address")
        for name, title, line in (
            ("an ID number", "救助一", "受助妇女身份证号：11010519491231002X。"),
            ("a bank card", "救助二", "打款账号 4532015112830366，请核对。"),
            ("a bank card in groups", "救助三", "卡号：4532 0151 1283 0366"),
            ("a patient", "救助四", "患者李小花，现正在治疗。"),
            ("a child", "救助五", "走访了留守儿童王乐乐家。"),
            ("who is helped", "救助六", "受助对象：赵大梅、困难母亲"),
            ("a victim", "救助七", "受害人陈小红，已经安置。"),
        )
    ],
    _news("a name already covered is no name", news("关爱行动") + "\n受害人陈某某，已经安置。", subject="关爱行动", fields=_on("关爱行动")),
    Expected("private: in a table", mail("名单见附件。", subject="慰问名单登记表", files=(file("慰问名单.xlsx", xlsx((("姓名", "身份证号"), ("张三", "11010519491231002X")))),)),
             T, "personal", "c.a", "address"),
)  # fmt: skip
