"""Why a file was not read: one exception and the one table of its sentences. Decides nothing itself."""

from typing import NamedTuple


class Sentence(NamedTuple):
    """What happened and what to do next, in Chinese and in English."""

    zh: str
    en: str


SENTENCES: dict[str, Sentence] = {
    "empty": Sentence(
        "文件是空的，里面没有文字。请检查是否选错了文件，再上传一次。",
        "The file is empty: it holds no text. Check that it is the right file, then upload it again.",
    ),
    "too_large": Sentence(
        "文件超过 20 MB，没有打开。请删去其中的图片，或只把通知正文另存为一个文件再上传。",
        "The file is larger than 20 MB and was not opened. Remove its pictures, or save only the notice as a file.",
    ),
    "too_long": Sentence(
        "文字超过 20 万字，不像一份通知。请只上传通知本身，把附带的材料分开保存。",
        "The text is longer than 200,000 characters, too long for a notice. Upload the notice alone.",
    ),
    "picture": Sentence(
        "这是一张图片，不是文字文件（改过扩展名也一样）。请上传 .docx、.pdf 等原件，或把文字粘贴进来。",
        "This is a picture, whatever its name says. Upload the original (.docx, .pdf …), or paste the text.",
    ),
    "scanned": Sentence(
        "这份文件每一页都是扫描的图片，里面没有文字可读。请向发文单位要 Word 原件或电子版 PDF，或把文字识别出来后粘贴进来。",
        "Every page of this file is a scanned picture without text. Ask the sender for the original, or paste the text.",
    ),
    "garbled": Sentence(
        "文件能打开，但里面的字没有正常的编码，读出来是乱码。请向发文单位要 Word 原件，或把文字粘贴进来。",
        "The file opens, but its letters carry no usable codes and come out as gibberish. Ask for the original.",
    ),
    "too_many_pages": Sentence(
        "文件超过 500 页，不像一份通知，没有读。请只上传通知本身的几页。",
        "The file has more than 500 pages, too many for a notice, and was not read. Upload only the notice's own pages.",
    ),
    "needs_office": Sentence(
        "读 .doc、.wps、.rtf、.odt 要用 LibreOffice，这台机器上没有装。请另存为 .docx 再上传，或请管理员安装 libreoffice-writer-nogui。",
        "Reading .doc, .wps, .rtf and .odt needs LibreOffice, which is not installed here. Save the file as .docx, or ask "
        "the administrator to install libreoffice-writer-nogui.",
    ),
    "office_failed": Sentence(
        "LibreOffice 没有打开这个文件，它可能已损坏。请用 WPS 或 Word 打开，另存为 .docx 后再上传。",
        "LibreOffice could not open this file; it may be damaged. Open it in a word processor, save it as .docx and upload "
        "that.",
    ),
    "office_slow": Sentence(
        "LibreOffice 打开这个文件用了太久，已停止。请过一会儿再读一次，或另存为 .docx 后再上传。",
        "LibreOffice took too long over this file and was stopped. Please try again later, or save the file as .docx.",
    ),
    "archive": Sentence(
        "这是压缩包，不是一份文件。请先解开，再上传里面的通知。",
        "This is an archive of files. Unpack it first, then upload the notice inside it.",
    ),
    "no_text": Sentence(
        "网页文件里没有正文。请在浏览器里打开它，把通知的文字复制后粘贴进来。",
        "The saved page holds no text of its own. Open it in a browser, copy the notice and paste it here.",
    ),
    "encrypted": Sentence(
        "文件加了打开密码，读不到内容。请在原来的软件里去掉密码，另存后再上传。",
        "The file is protected with a password. Remove the password in its own program, save it and upload it again.",
    ),
    "macros": Sentence(
        "文件里带有宏（可以运行的程序），为安全起见没有打开。请另存为不含宏的 .docx 再上传。",
        "The file contains macros (programs), so it was not opened. Save it as a .docx without macros.",
    ),
    "not_word": Sentence(
        "这是表格、幻灯片或别的文件，不是文字文档。请上传通知本身（.docx、.doc、.wps、.pdf、.ofd 或 .txt）。",
        "This is a sheet, slides or something else, not a text document. Upload the notice itself (.docx, .doc, .wps, .pdf, "
        ".ofd or .txt).",
    ),
    "not_text": Sentence(
        "读不出文字：它不是这里认识的文档，也不是文本文件。请上传 .docx、.pdf 或 .txt，或把文字粘贴进来。",
        "No text could be read: this is no kind of document known here. Upload a .docx, .pdf or .txt, or paste the text.",
    ),
    "damaged": Sentence(
        "文件已损坏或没有传完整。请在 WPS、Word 或原来的软件里打开确认，另存后再上传。",
        "The file is damaged or incomplete. Open it in the program it came from, save it again and upload that.",
    ),
    "zip_entries": Sentence(
        "文件里的部件超过 2000 个，不像正常的文档，没有打开。请把文字复制到新文档里再上传。",
        "The file holds more than 2,000 parts, unlike a normal document, and was not opened. Copy the text to a new one.",
    ),
    "zip_unpacked": Sentence(
        "文件解开后超过 64 MB，没有打开。请删去其中的图片，或把文字复制到新文档里再上传。",
        "Unpacked, the file is larger than 64 MB and was not opened. Remove its pictures or copy the text to a new one.",
    ),
    "zip_ratio": Sentence(
        "文件的压缩率异常，可能是有害文件，没有打开。请向发件人要原件，或把文字粘贴进来。",
        "The file is packed in an abnormal way and may be harmful; it was not opened. Ask the sender or paste the text.",
    ),
    "classified": Sentence(
        "文件标有密级。本系统不得存放涉密文件，没有读取，也请不要上传。请按保密规定办理。",
        "The paper is marked as classified. This system must not hold such papers; it was not read. Follow secrecy rules.",
    ),
    "too_costly": Sentence(
        "读这个文件花的时间或内存超过了上限，已停止。请把通知的文字粘贴进来。",
        "Reading this file took more time or memory than allowed and was stopped. Paste the text of the notice.",
    ),
    "reader_failed": Sentence(
        "读取时出了意外，文件没有读完。原件不受影响；请把通知的文字粘贴进来，并告诉维护人员。",
        "Reading failed unexpectedly. The original is untouched; paste the text of the notice and tell your maintainer.",
    ),
}


class Unreadable(Exception):
    """A file that is not read, with the reason to show. `code` is a key of SENTENCES and stable."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.zh, self.en = SENTENCES[code]
        super().__init__(self.zh)

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str]]:
        return type(self), (self.code,)
