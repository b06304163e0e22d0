"""config.yaml: what the board's owner decides. Every problem is found at once, with file, line, key and mend."""

from __future__ import annotations

from rolecall.config.load import load_config, load_document, parse_config, read_config
from rolecall.config.options import (
    BoardConfig,
    Config,
    FetchConfig,
    ReadmeConfig,
    Section,
    SiteConfig,
    TagsConfig,
    to_board,
)

__all__ = [
    "BoardConfig",
    "Config",
    "FetchConfig",
    "ReadmeConfig",
    "Section",
    "SiteConfig",
    "TagsConfig",
    "load_config",
    "load_document",
    "parse_config",
    "read_config",
    "to_board",
]
