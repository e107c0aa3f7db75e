"""Beffroi: the library that deploys a town and drives its acts."""

from importlib.metadata import version

__version__ = version("beffroi")
