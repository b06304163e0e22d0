"""What a new board is made of: config, workflows, issue forms, first jobs; and what git says of its folder."""
