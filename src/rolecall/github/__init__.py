"""What GitHub needs of a run: step summaries."""
