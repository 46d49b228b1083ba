"""What a decoded mail says, by its words alone. Pure: a `Letter` in, proposals with their source spans out; no database."""
