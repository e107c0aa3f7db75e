"""Writes the town folder whole or not at all: a reader sees the old one or the new one, never half of either."""

import contextlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from beffroi.publish.papers import FORMAT, Papers, PublishError, Wallet, parts, town_facts
from beffroi.town.config import TownConfig
from beffroi.town.manifest import Manifest


def publish(
    folder: Path, manifest: Manifest, config: TownConfig, papers: Papers, *, rpc: str, post: str | None = None
) -> None:
    """Writes `town.json`, and what `docs/dapp.md` lists beside it.

    Args:
        folder: replaced as a whole; its parent must exist.
        manifest: what stands where.
        config: the town's file.
        papers: what goes beside it.
        rpc: the URL of the node, as a browser reaches it.
        post: the same of the post office; None where citizens post by themselves.

    Raises:
        PublishError: the papers are another town's, a key would be published on a public chain, or the folder is
            there and is none of ours.
        OSError: it cannot be written; what was there still is.
    """
    papers.require_publishable(manifest)
    _require_ours(folder)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        _fill(draft, manifest, config, papers, rpc, post)
        _swap(draft, folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _require_ours(folder: Path) -> None:
    """Nothing is replaced that this did not write."""
    if not folder.exists():
        return
    try:
        known = json.loads((folder / "town.json").read_text(encoding="utf-8")).get("format") == FORMAT
    except (OSError, ValueError, AttributeError):
        known = folder.is_dir() and not any(folder.iterdir())
    if not known:
        raise PublishError(f"{folder} is there and is no town folder: move it away, or publish elsewhere")


def _fill(draft: Path, manifest: Manifest, config: TownConfig, papers: Papers, rpc: str, post: str | None) -> None:
    draft.chmod(0o755)
    _write(draft / "town.json", town_facts(manifest, config, papers, rpc, post))
    for part in parts():
        part.write(draft, papers)
    if papers.wallets:
        _write(draft / "demo-wallets.json", [_toy(wallet) for wallet in papers.wallets])


def _toy(wallet: Wallet) -> dict[str, str]:
    return {
        "role": wallet.role,
        "label_fr": wallet.label_fr,
        "label_en": wallet.label_en,
        "address": wallet.address,
        "key": "0x" + wallet.key.hex(),
    }


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def _swap(draft: Path, folder: Path) -> None:
    """Puts the new folder in the place of the old one, which comes back should that fail."""
    if not folder.exists():
        draft.rename(folder)
        return
    old = folder.with_name(f".{folder.name}.old.{os.getpid()}")
    folder.rename(old)
    try:
        draft.rename(folder)
    except OSError:
        with contextlib.suppress(OSError):
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)
