"""The visual language: shells, components, form rendering, error pages, small scripts. Knows nothing of the rooms."""
