"""Where a federation stands on the schematic of the office above it."""

from django.db import models

WIDE, HIGH = 8, 8  # cells of the grid: what can be read and pressed on a telephone


class MapPlace(models.Model):
    """The cell of one federation on an office's schematic: neighbours beside one another, not a map to scale.

    Attributes:
        column, row: counted from the upper left, from 0.
    """

    office = models.ForeignKey("federation.Office", on_delete=models.CASCADE, related_name="map_places")
    unit = models.ForeignKey("federation.Unit", on_delete=models.CASCADE, related_name="+")
    column = models.PositiveSmallIntegerField()
    row = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["office", "row", "column"]
        constraints = [
            models.UniqueConstraint(fields=["office", "unit"], name="map_place_once_a_unit"),
            models.UniqueConstraint(fields=["office", "row", "column"], name="map_place_once_a_cell"),
            models.CheckConstraint(
                condition=models.Q(column__lt=WIDE) & models.Q(row__lt=HIGH), name="map_place_on_the_grid"
            ),
        ]

    class Privacy:
        personal: set[str] = set()
        plain = {"office", "unit", "column", "row"}
