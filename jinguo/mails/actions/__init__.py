"""Every write of this room: keeping, fetching, settling, deciding, forgetting."""
