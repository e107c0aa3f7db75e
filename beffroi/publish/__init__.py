"""The town folder: what the dApp reads beside the chain, as plain files for any static host."""

from beffroi.publish.folder import publish
from beffroi.publish.papers import Papers, PublishError, Wallet

__all__ = ["Papers", "PublishError", "Wallet", "publish"]
