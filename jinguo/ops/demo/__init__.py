"""The demonstration: two cities, their units and activities, and drawn pictures. Nothing here serves a real office."""
