"""Template tags of the ui app: `{% load ui %}`."""
