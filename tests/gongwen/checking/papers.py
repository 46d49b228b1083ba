"""A small notice of ours whose parts can be changed one at a time."""

BODY = "为丰富妇女文化生活，现将有关事项通知如下：\n一、活动内容\n请各单位组织读书活动。"


def notice(
    body: str = BODY,
    *,
    mark: str = "清河市妇女联合会文件",
    number: str = "清妇发〔2024〕7号",
    title: str = "清河市妇女联合会关于开展读书活动的通知",
    to: str = "各县（区）妇联：",
    attached: str = "",
    sign: str = "清河市妇女联合会\n2024年3月5日",
    after: str = "",
    annexes: str = "",
    imprint: str = "清河市妇女联合会办公室　2024年3月6日印发",
) -> str:
    """The notice as text, empty parts left out."""
    parts = (mark, number, title, to, body, attached, sign, after, annexes, imprint)
    return "\n".join(part for part in parts if part)
