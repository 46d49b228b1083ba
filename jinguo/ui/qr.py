"""QR codes as one SVG path: no image request, no inline style."""

import segno

QUIET = 4  # modules of white around the code (ISO/IEC 18004)


def qr_path(text: str) -> tuple[int, str]:
    """The side of the drawing in modules, the quiet zone included, and the path of its dark modules."""
    matrix = segno.make(text, error="m", micro=False).matrix
    dark = [
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    ]
    return len(matrix) + 2 * QUIET, "".join(dark)
