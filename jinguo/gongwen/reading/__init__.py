"""From extracted text to a record, by rules alone: every value is the paper's own words or says that it is inferred."""
