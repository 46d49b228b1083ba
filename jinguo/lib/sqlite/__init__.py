"""SQLite with a fair turn for writers, as a Django database engine."""
