"""Jinguo (巾帼): from a Women's Federation notice to a truthful summary, with every step kept. Rooms lie one folder each."""

__version__ = "0.1.0"
