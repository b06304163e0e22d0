"""Other lists as jobs: each importer knows one shape of file, and says what it could not carry over."""
