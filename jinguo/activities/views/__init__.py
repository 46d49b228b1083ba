"""Pages of this room: unit (list, make, change), day (the day itself), public, private (one's own sign-up), arrive, photos."""
