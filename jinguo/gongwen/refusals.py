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
        "这是一张图片，不是文字文件（改过扩展名也一样）。请上传 .docx 或 .txt 原件，或把文字粘贴进来。",
        "This is a picture, whatever its name says. Upload the original .docx or .txt, or paste the text.",
    ),
    "pdf": Sentence(
        "这是 PDF 文件，这里读 .docx 和 .txt。请用 WPS 或 Word 打开后另存为 .docx，或把文字粘贴进来。",
        "This is a PDF; .docx and .txt are read here. Open it in a word processor and save it as .docx, or paste the text.",
    ),
    "old_word": Sentence(
        "这是旧格式的 .doc 或 .wps 文件。请用 WPS 或 Word 打开，另存为 .docx 后再上传。",
        "This is an old .doc or .wps file. Open it in a word processor, save it as .docx and upload that.",
    ),
    "encrypted": Sentence(
        "文件加了打开密码，读不到内容。请在 WPS 或 Word 里去掉密码，另存后再上传。",
        "The file is protected with a password. Remove the password in a word processor, save it and upload it again.",
    ),
    "macros": Sentence(
        "文件里带有宏（可以运行的程序），为安全起见没有打开。请另存为不含宏的 .docx 再上传。",
        "The file contains macros (programs), so it was not opened. Save it as a .docx without macros.",
    ),
    "rich_text": Sentence(
        "这是 .rtf 文件，这里读 .docx 和 .txt。请用 WPS 或 Word 打开后另存为 .docx。",
        "This is an .rtf file; .docx and .txt are read here. Open it in a word processor and save it as .docx.",
    ),
    "web_page": Sentence(
        "这是网页文件。请在浏览器里打开它，把通知的文字复制后粘贴进来。",
        "This is a web page. Open it in a browser, copy the text of the notice and paste it.",
    ),
    "not_word": Sentence(
        "这个压缩包不是 Word 文档（可能是表格、幻灯片或别的文件）。请上传通知的 .docx 或 .txt。",
        "This package is not a Word document (a sheet, slides or something else). Upload the notice as .docx or .txt.",
    ),
    "not_text": Sentence(
        "读不出文字：它既不是 .docx，也不是文本文件。请上传 .docx 或 .txt，或把文字粘贴进来。",
        "No text could be read: this is neither a .docx nor a text file. Upload a .docx or .txt, or paste the text.",
    ),
    "damaged": Sentence(
        "文件已损坏或没有传完整。请在 WPS 或 Word 里打开确认，另存后再上传。",
        "The file is damaged or incomplete. Open it in a word processor, save it again and upload that.",
    ),
    "zip_entries": Sentence(
        "文件里的部件超过 2000 个，不像正常的 Word 文档，没有打开。请把文字复制到新文档里再上传。",
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
