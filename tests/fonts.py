"""The fonts that the tests see: those of the wheel, and no others, so that pictures are the same on every machine."""

from importlib.util import find_spec
from pathlib import Path

TEMPLATE = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
{aliases}
</fontconfig>
"""
ALIAS = '  <alias binding="same"><family>{asked}</family><prefer><family>{given}</family></prefer></alias>'
SANS = ("sans-serif", "system-ui", "monospace", "黑体", "SimHei")
SERIF = ("serif", "仿宋_GB2312", "仿宋", "FangSong", "楷体_GB2312", "楷体", "KaiTi", "方正小标宋简体", "宋体", "SimSun")


def font_folder() -> Path:
    """Where the wheel pylopdf-fonts-zh-cn keeps Noto Sans SC and Noto Serif SC."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        raise RuntimeError("The font wheel is missing: python3 run.py test installs it.")
    return Path(spec.origin).parent


def write_fonts_conf(directory: Path) -> Path:
    """Write fonts.conf into this folder and return its path, for FONTCONFIG_FILE."""
    aliases = [ALIAS.format(asked=name, given="Noto Sans SC") for name in SANS]
    aliases += [ALIAS.format(asked=name, given="Noto Serif SC") for name in SERIF]
    path = directory / "fonts.conf"
    path.write_text(TEMPLATE.format(fonts=font_folder(), cache=directory / "cache", aliases="\n".join(aliases)))
    return path
