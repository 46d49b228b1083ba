"""PDFium with our Chinese faces at hand, on a machine that has none of its own.

A .pdf may name a Chinese face and not carry it. PDFium takes a face of the system in its stead, and where that lacks a
letter it leaves the letter out of the text: on a bare server all of them, and a good notice was called garbled. The library
begins once a process, so it must begin here: import `pdfium` and `raw` from this module only.
"""

import ctypes
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import pypdfium2_raw as raw

# A list of ours stands for PDFium's own, so that names the system's folders too: they may hold what Noto lacks.
_FOLDERS = (
    str(Path(pylopdf_fonts_zh_cn.__file__).parent),
    "/usr/share/fonts",
    "/usr/share/X11/fonts/Type1",
    "/usr/share/X11/fonts/TTF",
    "/usr/local/share/fonts",
)


def _paths() -> Any:
    """The folders as PDFium wants them: an array of C strings that ends with a null."""
    words = [ctypes.create_string_buffer(folder.encode()) for folder in _FOLDERS]
    pointers = [ctypes.cast(word, ctypes.POINTER(ctypes.c_char)) for word in words]
    return (ctypes.POINTER(ctypes.c_char) * (len(words) + 1))(*pointers)


_KEPT = _paths()  # PDFium reads them when it first looks for a face
raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=_KEPT))

import pypdfium2 as pdfium  # noqa: E402, TID251 (it would begin the library without our faces)

__all__ = ["pdfium", "raw"]
