"""Parts of the paper, annexes, sums, superiors and burden: what the rules must see, and what they must leave alone."""

from tests.gongwen.checking.papers import BODY, notice

REPORT = "请各单位于3月20日前将活动情况报送市妇联宣传部。"
TABLE = "单位\t场次\t人数\n甲县\t3\t40\n乙县\t5\t60\n合计\t{}\t{}"
TWO = "附件：1.报名表\n2.评分表"
LONG = "一、内容\n" + "请各单位组织姐妹们参加春天的读书活动。" * 220

CASES: dict[tuple[str, str], tuple[list[tuple[str, str | None]], list[str]]] = {
    ("L1", "end"): (
        [
            (notice(title="清河市妇女联合会关于开展读书活动的通知。"), notice()),
            ("关于开展读书活动的通知：\n各县（区）妇联：\n请参加。", None),
            (notice(title="清河市妇女联合会关于开展读书活动的通知，"), notice()),
        ],
        [
            notice(),
            notice(title="清河市妇女联合会关于印发《读书方案》的通知"),
            notice(title="清河市妇女联合会关于开展读书活动的通知（试行）"),
        ],
    ),
    ("L1", "space"): (
        [
            (notice(title="清河市妇女联合会关于开展 读书活动的通知"), "展读"),
            (notice(title="清河市妇女联合会关于开展读书活 动的通知"), "活动"),
            (notice(title="清河市妇女联合会关于开展读书活动的 通知"), "的通"),
        ],
        [
            notice(),
            notice(title="清河市妇女联合会关于开展“书香 三月”活动的通知"),
            notice(title="清河市妇女联合会关于开展2024 年度活动的通知"),
            notice(title="清河市妇女联合会 清河市总工会 关于开展读书活动的通知"),
        ],
    ),
    ("L2", ""): (
        [
            (notice(mark="", title="关于开展读书活动的通知"), None),
            (notice(mark="", title="关于表彰先进的决定"), None),
            (notice(mark="", title="关于报送名单的函"), None),
        ],
        [
            notice(),
            notice(mark=""),
            notice(title="关于开展读书活动的通知"),
            "致全市姐妹的倡议书\n姐妹们：\n一起读书吧。",
        ],
    ),
    ("L3", ""): (
        [(notice(number=""), None), (notice(sign=""), None), (notice(to=""), None)],
        [
            notice(),
            notice(to="全市姐妹们："),
            "读书活动倡议书\n姐妹们：\n一起读书吧。",
            "读书活动方案\n一、内容\n请各单位组织读书活动。",
        ],
    ),
    ("L4", ""): (
        [
            (notice(number="清妇发〔2023〕7号"), None),
            (notice(number="清妇发〔2025〕7号"), None),
            (notice(sign="清河市妇女联合会\n2025年1月5日", imprint=""), None),
        ],
        [notice(), notice(sign=""), notice(number="清妇发〔24〕7号"), notice(number="")],
    ),
    ("L5", ""): (
        [
            (notice(sign="清河市总工会\n2024年3月5日"), None),
            (notice(mark="清河市总工会文件"), None),
            (notice(sign="山阳县妇女联合会\n2024年3月5日"), None),
        ],
        [notice(), notice(sign="清河市妇联\n2024年3月5日"), notice(mark=""), notice(sign="")],
    ),
    ("L6", ""): (
        [
            (notice(after="（此页无正文）"), None),
            ("请参加。\n（此页无正文）\n清河市妇联\n2024年3月5日", None),
            ("请参加。\n(此页无正文)\n清河市妇联\n2024年3月5日", None),
        ],
        [notice(), notice("此页无正文的做法已经取消。"), notice(after="（此件公开发布）")],
    ),
    ("L7", ""): (
        [
            (notice(after="此件公开发布"), notice(after="（此件公开发布）")),
            (notice(after="此件不公开"), notice(after="（此件不公开）")),
            (notice(after="此件发至县级"), notice(after="（此件发至县级）")),
        ],
        [notice(after="（此件公开发布）"), notice(), notice("此件公开发布")],
    ),
    ("L8", ""): (
        [
            (
                notice(imprint="抄送：市委宣传部，市教育局\n清河市妇女联合会办公室　2024年3月6日印发"),
                notice(imprint="抄送：市委宣传部，市教育局。\n清河市妇女联合会办公室　2024年3月6日印发"),
            ),
            (
                notice(imprint="抄送：市总工会\n清河市妇女联合会办公室　2024年3月6日印发"),
                notice(imprint="抄送：市总工会。\n清河市妇女联合会办公室　2024年3月6日印发"),
            ),
            (
                notice(imprint="抄送：市委办，市府办，\n市总工会\n清河市妇女联合会办公室　2024年3月6日印发"),
                notice(imprint="抄送：市委办，市府办，\n市总工会。\n清河市妇女联合会办公室　2024年3月6日印发"),
            ),
        ],
        [
            notice(),
            notice(imprint="抄送：市委宣传部，市教育局。\n清河市妇女联合会办公室　2024年3月6日印发"),
            notice(imprint=""),
        ],
    ),
    ("L9", ""): (
        [("一、 加强领导", "一、加强领导"), ("（一） 加强领导", "（一）加强领导"), ("二、　抓好落实", "二、抓好落实")],
        ["一、加强领导", "1. 报名", "（一）加强领导", "一、 2024年活动"],
    ),
    ("C1", "unlisted"): (
        [
            (notice(annexes="附件1\n报名表"), None),
            (notice(attached="附件：报名表", annexes="附件1\n报名表\n附件2\n评分表"), None),
            (notice(attached=TWO, annexes="附件1\n报名表\n附件2\n评分表\n附件3\n签到表"), None),
        ],
        [
            notice(attached="附件：报名表", annexes="附件\n报名表"),
            notice(attached=TWO, annexes="附件1\n报名表\n附件2\n评分表"),
            notice(attached=TWO),
            notice(title="清河市妇女联合会关于印发《读书方案》的通知", annexes="附件\n读书方案"),
        ],
    ),
    ("C1", "apart"): (
        [
            (notice(attached=TWO, annexes="附件1\n报名表"), None),
            (notice(attached=TWO, annexes="附件2\n评分表"), None),
            (notice(attached="附件：1.甲表\n2.乙表\n3.丙表", annexes="附件1\n甲表\n附件2\n乙表"), None),
        ],
        [notice(attached=TWO), notice(attached=TWO, annexes="附件1\n报名表\n附件2\n评分表"), notice()],
    ),
    ("C1", "name"): (
        [
            (notice(attached=TWO, annexes="附件1\n签到表\n附件2\n评分表"), None),
            (notice(attached="附件：报名表", annexes="附件\n推荐表"), None),
            (notice(attached=TWO, annexes="附件2\n报名表\n附件1\n评分表"), None),
        ],
        [
            notice(attached=TWO, annexes="附件1\n报名表\n附件2\n评分表"),
            notice(attached="附件：《报名表》", annexes="附件\n报名表"),
            notice(attached="附件：读书活动报名表", annexes="附件\n读书活动\n报名表"),
            notice(attached=TWO, annexes="附件1\n签到表"),
        ],
    ),
    ("C1", "pointer"): (
        [
            (notice("请填好报名表（见附件3）后参加。", attached=TWO), None),
            (notice("请填好报名表（见附件）后参加。"), None),
            (notice("请填好报名表（附件3）后参加。", attached=TWO), None),
        ],
        [
            notice("请填好报名表（见附件1）后参加。", attached=TWO),
            notice("请填好报名表（见附件）后参加。", attached="附件：报名表"),
            notice("请以邮件附件形式发来。"),
            notice("请备好附件材料。"),
            notice("请填好评分表（见附件2）。", attached="附件：1.报名表；2.评分表"),
            notice("请填好评分表（附件2）。", annexes="附件1\n报名表\n附件2\n评分表"),
        ],
    ),
    ("C1", "mark"): (
        [
            (notice(attached="附件：报名表。"), notice(attached="附件：报名表")),
            (notice(attached="附件：1.报名表；\n2.评分表"), notice(attached=TWO)),
            (notice(attached="附件：1.报名表\n2.评分表。"), notice(attached=TWO)),
        ],
        [notice(attached="附件：报名表"), notice(attached=TWO), notice(attached="附件：报名表（试行）"), notice()],
    ),
    ("C1", "number"): (
        [
            (notice(attached="附件：1.报名表"), notice(attached="附件：报名表")),
            (notice(attached="附件：1. 评分表"), notice(attached="附件：评分表")),
            (notice(attached="附件：报名表\n附件：评分表"), None),
        ],
        [
            notice(attached="附件：报名表"),
            notice(attached=TWO),
            notice(attached="附件：2024年报名表"),
            notice(attached="附件：1.报名表；2.评分表"),
            notice(attached="附件：报名表", sign="清河市妇女联合会　清河市总工会\n2024年3月5日"),
            notice(),
        ],
    ),
    ("C2", "declared"): (
        [
            ("做好三项工作：一是走访慰问；二是法律咨询。", None),
            ("做好两项工作：一是走访慰问；二是法律咨询；三是健康义诊。", None),
            ("抓好四件事：一是读书；二是写字；三是唱歌。", None),
        ],
        [
            "做好三项工作：一是走访慰问；二是法律咨询；三是健康义诊。",
            "做好三项工作。",
            "三八红旗手有两项要求：大家都知道。",
            "公示不少于5个工作日。一是核查。",
            "做好工作：一是走访；二是咨询。",
        ],
    ),
    ("C2", "total"): (
        [
            (notice(annexes="附件\n统计表\n" + TABLE.format(9, 100)), None),
            (notice(annexes="附件\n统计表\n" + TABLE.format(8, 110)), None),
            (TABLE.format(7, 100), None),
        ],
        [
            notice(annexes="附件\n统计表\n" + TABLE.format(8, 100)),
            TABLE.format("", 100),
            "单位\t场次\n甲县\t约3\n乙县\t5\n合计\t9",
            "单位\t场次\n甲县\t3\n小计\t3\n乙县\t5\n合计\t9",
            "单位\t场次\n甲县\t3\n乙县\t5\n其他\t9",
        ],
    ),
    ("C3", "request"): (
        [
            (
                notice(
                    "现将情况报告如下。经费不足，恳请批准追加。",
                    title="清河市妇女联合会关于读书活动的报告",
                    to="市委：",
                ),
                None,
            ),
            (notice("活动办完了。特此请示。", title="清河市妇女联合会关于读书活动的报告", to="市委："), None),
            (notice("以上意见妥否，请批示。", title="清河市妇女联合会关于读书活动的报告", to="市委："), None),
        ],
        [
            notice("以上意见妥否，请批示。", title="清河市妇女联合会关于经费的请示", to="市委："),
            notice("以上报告，请审阅。", title="清河市妇女联合会关于读书活动的报告", to="市委："),
            notice("请批评指正。", title="清河市妇女联合会关于读书活动的报告", to="市委："),
            notice("请批准后参加。"),
        ],
    ),
    ("C3", "signer"): (
        [
            (notice(title="清河市妇女联合会关于读书活动的报告", to="市委："), None),
            (notice(title="清河市妇女联合会关于经费的请示", to="市委："), None),
            (notice(title="清河市妇女联合会关于换届的请示", to="省妇联："), None),
        ],
        [
            notice(),
            notice(number="清妇发〔2024〕7号\n签发人：李某", title="清河市妇女联合会关于经费的请示", to="市委："),
            notice(number="", title="清河市妇女联合会关于经费的请示", to="市委："),
        ],
    ),
    ("C3", "one"): (
        [
            (notice(title="清河市妇女联合会关于经费的请示", to="市委、省妇联："), None),
            (notice(title="清河市妇女联合会关于读书活动的报告", to="市委，省妇联："), None),
            (notice(title="清河市妇女联合会关于换届的请示", to="省妇联、市委："), None),
        ],
        [
            notice(to="各县（区）妇联、各乡镇妇联："),
            notice(title="清河市妇女联合会关于经费的请示", to="市委："),
            notice(title="清河市妇女联合会关于经费的函", to="市财政局、市教育局："),
        ],
    ),
    ("C3", "copies"): (
        [
            (
                notice(
                    title="清河市妇女联合会关于经费的请示",
                    to="市委：",
                    imprint=f"抄送：{name}。\n清河市妇女联合会办公室　2024年3月6日印发",
                ),
                None,
            )
            for name in ("各县（区）妇联", "各乡镇妇联", "市财政局，各街道妇联")
        ],
        [
            notice(imprint="抄送：各县（区）妇联。\n清河市妇女联合会办公室　2024年3月6日印发"),
            notice(title="清河市妇女联合会关于经费的请示", to="市委："),
            notice(
                title="清河市妇女联合会关于经费的请示",
                to="市委：",
                imprint="抄送：市财政局。\n清河市妇女联合会办公室　2024年3月6日印发",
            ),
        ],
    ),
    ("C4", ""): (
        [
            (notice(to="各县（区）人民政府："), None),
            (notice(to="各县（区）委、各县（区）妇联："), None),
            (notice(to="各乡镇党委："), None),
        ],
        [
            notice(),
            notice(to="各乡镇（街道）妇联、市直各单位妇女委员会："),
            notice(to="市直机关妇女工作委员会："),
            notice(
                to="各乡镇人民政府：",
                mark="",
                sign="清河县妇女儿童工作委员会\n2024年3月5日",
                title="关于建好妇女之家的意见",
            ),
            notice(to="各县（区）人民政府：", title="清河市妇女联合会关于商请支持读书活动的函"),
            notice(
                to="各县（区）人民政府：",
                mark="清河市人民政府文件",
                title="清河市人民政府关于开展读书活动的通知",
                sign="清河市人民政府\n2024年3月5日",
            ),
        ],
    ),
    ("C5", "length"): (
        [
            (notice(LONG), None),
            (notice(LONG + LONG[5:]), None),
            (notice("一、内容\n" + "请各单位读书写字。" * 500), None),
        ],
        [notice(), notice(BODY * 20), notice(LONG, title="清河市妇女联合会关于印发《妇女发展规划》的通知")],
    ),
    ("C5", "basis"): (
        [
            (notice(REPORT), None),
            (notice("请及时上报活动情况。"), None),
            (notice("各单位要将总结报送市妇联办公室。"), None),
        ],
        [
            notice(),
            notice("根据《省妇联关于报送情况的通知》，请各单位于3月20日前将活动情况报送市妇联宣传部。"),
            notice("根据《读书方案》，现将有关事项通知如下：\n" + REPORT),
        ],
    ),
    ("C5", "traces"): (
        [("请各单位每天打卡。", None), ("活动后上交过程性资料。", None), ("请附佐证材料。", None)],
        ["不得要求打卡。", "请各单位组织读书活动。", "严禁打卡留名。", "杜绝留痕。"],
    ),
}
