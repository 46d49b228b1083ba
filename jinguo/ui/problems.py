"""What to say when something did not work: error code → title, what may have happened, what to do next.

One table for the error pages (`ui/errors/<code>.html`), for fragments and for plain answers. Sentences are lazy,
so they follow the reader's language. A domain refusal brings its own sentence and shows it beside these.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Problem(NamedTuple):
    """Three things a reader needs: what it is called, why it may be so, what she can do now."""

    title: str | Promise
    sentence: str | Promise
    next_step: str | Promise


PROBLEMS: dict[str, Problem] = {
    "400": Problem(
        _("这次请求没看懂"),
        _("送来的内容缺了一部分，或者格式不对。多半是链接被截断，或者页面开得太久。"),
        _("请退回上一页，刷新后再办一次；从邮件或短信点进来的，请把链接完整复制到浏览器里。"),
    ),
    "403": Problem(
        _("这一页不对您开放"),
        _("您现在的岗位看不到它，也可能是登录已经过期。"),
        _("请换一个岗位或重新登录；如果您确实该看到它，请告诉本单位的管理员。"),
    ),
    "403_csrf": Problem(
        _("页面开得太久，需要刷新"),
        _("为了防止别人冒用您的名义，每个页面只在一段时间里有效；浏览器停用了 Cookie 也会这样。"),
        _("请退回上一页，刷新，再点一次。您填的内容多半还在。"),
    ),
    "404": Problem(
        _("没有找到这一页"),
        _("地址可能少了几个字，内容可能已经撤下，也可能不对您开放。"),
        _("请核对地址，或者回到首页，从那里再找。"),
    ),
    "405": Problem(
        _("这个地址不能这样打开"),
        _("它只接收从页面上点按钮送来的请求，不能直接打开。"),
        _("请回到首页，从那里进入，再点相应的按钮。"),
    ),
    "409": Problem(
        _("有人先一步改过了"),
        _("您打开页面之后，这件事已经变了样，所以您这次的改动没有写进去，原来的内容也没有动。"),
        _("请退回上一页并刷新，看看现在的样子，再决定要不要改。"),
    ),
    "410": Problem(
        _("这个链接已经失效"),
        _("它可能过期了、换了新的，或者没有复制完整。"),
        _("请回到原来的邮件再点一次，或打电话向发件单位要一个新的。"),
    ),
    "413": Problem(
        _("文件太大了"),
        _("送来的内容超过了能收的大小，一点也没有存下。"),
        _("请把照片缩小，或者把附件分成几次上传。"),
    ),
    "422": Problem(
        _("还有几处要改"),
        _("有的内容没填全，或者对不上，所以还没有存。您填的都还在。"),
        _("请退回上一页，按每一处的提示改好，再交一次。"),
    ),
    "429": Problem(
        _("点得太快了"),
        _("短时间里收到了太多请求，先停一会儿，免得影响别人。"),
        _("请等一分钟再试。已经办成的不会丢，也不用重办。"),
    ),
    "500": Problem(
        _("我们这边出了错"),
        _("问题出在系统，不在您。没办完的这一步没有写进去，以前办好的都在。"),
        _("请过几分钟再试；还是不行，请把下面的编号和时间告诉我们。"),
    ),
    "503": Problem(
        _("正在维护，马上回来"),
        _("系统在升级或重启，一般几分钟就好。以前办好的都在。"),
        _("请过几分钟刷新这一页。急事可以直接打电话：妇女维权热线 12338。"),
    ),
}


def problem_for(code: str | int) -> Problem:
    """The problem with this code; an unknown code is told as a fault of ours (500)."""
    return PROBLEMS.get(str(code), PROBLEMS["500"])
