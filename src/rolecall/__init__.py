"""rolecall: a static site generator for job lists that live in a git repository."""

__version__ = "0.1.0"
