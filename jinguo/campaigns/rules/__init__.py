"""May this person do this, now? One file a noun."""

from jinguo.campaigns.rules import circulation

__all__ = ["circulation"]
