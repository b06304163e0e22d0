"""A source's words made values: pure functions, one question per module, word lists in `tables/`."""
