#!/usr/bin/env bash
# Renews the lock files from pyproject.toml, package.json and tools/bootstrap.in.
# No host of any index is kept: a town behind a mirror installs from its own, and the hashes say what must come.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/uv lock "$@"
sed -i.bak -E 's#https://[^/"]+/#https://index.invalid/#g' uv.lock && rm uv.lock.bak
.venv/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --no-annotate -o tools/bootstrap.txt tools/bootstrap.in
npm install --package-lock-only --ignore-scripts --no-fund --no-audit --omit-lockfile-registry-resolved
