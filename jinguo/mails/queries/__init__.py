"""What this room's pages and actions look up."""
