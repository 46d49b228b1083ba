"""A fontconfig file for renderings in tests: Chinese faces from a wheel, none from the machine.

The faces official papers name (仿宋_GB2312 and its kin) are not free; here each is drawn with the open face nearest
to it, so that LibreOffice and Chromium give the same picture on every machine. Used by any test that renders.
"""

from pathlib import Path
from xml.sax.saxutils import escape

import pylopdf_fonts_zh_cn

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"

# Class of face → what stands for it. Text faces and the Latin of official papers are serifs; 黑体 and screens are not.
STAND_INS = {
    SERIF: (
        *("仿宋_GB2312", "仿宋", "FangSong", "楷体_GB2312", "楷体", "KaiTi", "方正小标宋简体", "方正小标宋_GBK"),
        *("宋体", "SimSun", "Times New Roman", "serif"),
    ),
    SANS: ("黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "Arial", "sans-serif", "system-ui", "monospace"),
}


def write_fonts_conf(folder: Path) -> Path:
    """Write ``fonts.conf`` into ``folder``, with its cache beside it; give its path to ``FONTCONFIG_FILE``."""
    folder.mkdir(parents=True, exist_ok=True)
    fonts = Path(pylopdf_fonts_zh_cn.__file__).parent
    rules = "\n".join(_rule(name, face) for face, names in STAND_INS.items() for name in names)
    conf = folder / "fonts.conf"
    conf.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>{escape(str(fonts))}</dir>\n  <cachedir>{escape(str(folder / 'cache'))}</cachedir>\n{rules}\n"
        "</fontconfig>\n",
        encoding="utf-8",
    )
    return conf


def _rule(name: str, face: str) -> str:
    return (
        f'  <match target="pattern"><test name="family" qual="any"><string>{escape(name)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{face}</string></edit></match>'
    )
