"""Beffroi: the library that deploys a town and drives its acts."""
