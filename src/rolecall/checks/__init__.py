"""What is wrong, or doubtful, with a job file that has the right form: one question per rule, in one table."""
