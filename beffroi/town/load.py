"""Reads a town's file."""

from pathlib import Path

from beffroi.town.config import TownConfig
from beffroi.yamlfile import read_yaml


def load_town(path: Path) -> TownConfig:
    """The town that a file describes.

    Raises:
        ConfigError: the file cannot be read, is not YAML, or says something that is not allowed.
    """
    return read_yaml(path, TownConfig, "the town")
