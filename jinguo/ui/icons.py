"""Line icons on a 24 grid, 1.7 stroke: the shapes inside each symbol, drawn for this product.

Names here are what `{% icon "name" %}` takes. How an icon reaches a page is in `templatetags/ui.py`.
"""

ICONS: dict[str, str] = {
    "home": '<path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z"/>',
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>',
    "camera": '<path d="M4 8.5h3.2l1.6-2.5h6.4l1.6 2.5H20a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1z"/><circle cx="12" cy="13.4" r="3.4"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7"/>',
    "ticket": '<path d="M3.5 7h17v3.2a2 2 0 0 0 0 3.6V17h-17v-3.2a2 2 0 0 0 0-3.6zM14 7v2.2M14 11v2M14 15v2"/>',
    "pin": (
        '<path d="M12 21c4-4.7 6.5-8 6.5-11a6.5 6.5 0 0 0-13 0c0 3 2.5 6.3 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>'
    ),
    "phone": (
        '<path d="M6.2 3.5h3l1.6 4.3-2.1 1.6a12 12 0 0 0 5.9 5.9l1.6-2.1 4.3 1.6v3a1.8 1.8 0 0 1-2 1.8C10.7'
        ' 18.9 5.1 13.3 4.4 5.5a1.8 1.8 0 0 1 1.8-2z"/>'
    ),
    "mail": '<path d="M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7"/>',
    "check": '<path d="m4.5 12.5 5 5 10-11"/>',
    "done": '<circle cx="12" cy="12" r="8.5"/><path d="m8 12.3 2.8 2.9L16.2 9.3"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
    "ring": '<circle cx="12" cy="12" r="7.5"/>',
    "dashed": '<circle cx="12" cy="12" r="8" stroke-dasharray="3.2 3.1"/>',
    "alert": '<path d="M12 4 21 19.5H3zM12 10v4.5M12 17h.01"/>',
    "return": '<path d="M9 5 4.5 9.5 9 14M4.5 9.5H15a4.5 4.5 0 0 1 0 9h-5"/>',
    "zero": '<ellipse cx="12" cy="12" rx="5.5" ry="8"/><path d="m9 17 6-10"/>',
    "minus": '<circle cx="12" cy="12" r="8.5"/><path d="M8 12h8"/>',
    "extend": '<path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7M9 15.3h6M13 13l2.3 2.3L13 17.6"/>',
    "proxy": (
        '<circle cx="9" cy="8" r="3.3"/><path d="M3.5 19.5c.5-3.6 2.6-5.5 5.5-5.5 1.4 0 2.6.4 3.5 1.3M14'
        ' 18h6.5M18 15.5l2.5 2.5-2.5 2.5"/>'
    ),
    "send": '<path d="M12 19.5V5M6 11l6-6 6 6"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11L20 13.5V19H4zM4 13.5h4.5c.3 1.7 1.6 2.7 3.5 2.7s3.2-1 3.5-2.7H20"/>',
    "eye": (
        '<path d="M2.5 12c2.3-4.2 5.5-6.3 9.5-6.3s7.2 2.1 9.5 6.3c-2.3 4.2-5.5 6.3-9.5 6.3S4.8 16.2 2.5'
        ' 12z"/><circle cx="12" cy="12" r="2.8"/>'
    ),
    "doc": '<path d="M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 12.5h7M9 16h7"/>',
    "board": '<path d="M4 4.5h16v15H4zM4 9.5h16M10 9.5v10"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>',
    "x": '<path d="m6 6 12 12M18 6 6 18"/>',
    "xring": '<circle cx="12" cy="12" r="8.5"/><path d="m9 9 6 6M15 9l-6 6"/>',
    "right": '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
    "left": '<path d="M14.5 5.5 8 12l6.5 6.5"/>',
    "exit": '<path d="M13.5 4.5H5v15h8.5M10 12h10M16.5 8.5 20 12l-3.5 3.5"/>',
    "shield": '<path d="M12 3.5 19.5 6v5.5c0 4.5-3 7.5-7.5 9-4.5-1.5-7.5-4.5-7.5-9V6z"/>',
    "help": '<path d="M4.5 5.5h15v11H12l-4.5 3.5v-3.5h-3zM9 9.5h6M9 12.7h3.5"/>',
    "edit": '<path d="m5 19 1-4.5L16.5 4l3.5 3.5L9.5 18zM14 6.5l3.5 3.5"/>',
    "forward": '<path d="M14 6l6 6-6 6M20 12H9a5 5 0 0 0-5 5v1"/>',
    "stamp": '<path d="M4.5 4.5h15v15h-15zM8 12.2l2.8 2.9L16 9.5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.8h.01"/>',
    "question": (
        '<circle cx="12" cy="12" r="8.5"/><path d="M9.6 9.7c.2-1.5 1.2-2.3 2.5-2.3 1.4 0 2.4.9 2.4 2.1 0'
        ' 1.8-2.4 1.9-2.4 4M12 16.6h.01"/>'
    ),
    "people": (
        '<circle cx="9" cy="8.5" r="3.2"/><path d="M3 19c.5-3.5 2.7-5.3 6-5.3s5.5 1.8 6 5.3M15.5 5.6a3.2 3.2'
        ' 0 0 1 0 5.8M17.5 14c2 .7 3.2 2.3 3.5 5"/>'
    ),
    "download": '<path d="M12 4.5v11M7 11l5 5 5-5M4.5 19.5h15"/>',
    "print": '<path d="M7 9V4h10v5M7 16H4V9h16v7h-3M7 13.5h10V20H7z"/>',
    "clip": (
        '<path d="m18.5 11-6.8 6.8a4 4 0 0 1-5.6-5.6l7.4-7.4a2.7 2.7 0 0 1 3.8 3.8l-7.3 7.3a1.3 1.3 0 0'
        ' 1-1.9-1.9l6.3-6.3"/>'
    ),
    "more": '<path d="M5.5 12h.01M12 12h.01M18.5 12h.01"/>',
    "sum": '<path d="M5 4.5h14M5 9.5h14M5 14.5h9M5 19.5h6"/>',
    "heart": '<path d="M12 20C7 16 4 13 4 9.3A4.3 4.3 0 0 1 12 7a4.3 4.3 0 0 1 8 2.3C20 13 17 16 12 20z"/>',
}
