"""QR codes as one SVG path: on a page without an image request or inline style, on paper as a small drawing."""

from itertools import groupby

import segno

QUIET = 4  # modules of white around the code (ISO/IEC 18004)
MASK = 2  # stripes of three: our addresses are random enough that no mask is better; every reader undoes any


def qr_path(text: str) -> tuple[int, str]:
    """The side of the drawing in modules, the quiet zone included, and the path of its dark modules.

    The mask is not chosen anew for each code: trying all eight takes five times as long as everything else.
    """
    matrix = segno.make(text, error="m", micro=False, mask=MASK).matrix
    return len(matrix) + 2 * QUIET, "".join(run for y, row in enumerate(matrix, QUIET) for run in _dark_runs(row, y))


def qr_svg(text: str) -> str:
    """The same drawing as a whole SVG, dark on white."""
    side, path = qr_path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )


def _dark_runs(row: bytearray, y: int) -> list[str]:
    found, x = [], QUIET
    for dark, modules in groupby(row):
        wide = len(list(modules))
        if dark:
            found.append(f"M{x} {y}h{wide}v1h-{wide}z")
        x += wide
    return found
