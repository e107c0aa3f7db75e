#!/usr/bin/env bash
# Installs everything Beffroi needs into the checkout, from the lock files. Run by `make`; a second run finds the stamp
# and does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly FOUNDRY_VERSION=1.7.1 SOLC_VERSION=0.8.37 SOLC_COMMIT=0.8.37+commit.f401782d

say() { printf '\033[1m· %s\033[0m\n' "$*"; }
missing() { printf 'Beffroi needs %s\n' "$*" >&2; exit 1; }

find_python() {
  local candidate
  for candidate in python3 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  missing "Python 3.11 or newer; \`python3\` here is $(python3 --version 2>&1 || echo absent). Install it and run make again."
}

check_node() {
  command -v node >/dev/null || missing "Node 20 or newer, and there is no \`node\` here. Install it and run make again."
  command -v npm >/dev/null || missing "npm, which comes with Node, and there is no \`npm\` here."
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' \
    || missing "Node 20 or newer; \`node\` here is $(node --version). Install a newer one and run make again."
}

install_python_packages() {
  local python=$1 locked=.venv/locked.txt
  if [ ! -x .venv/bin/python ]; then
    "$python" -m venv .venv || missing "Python's venv module (on Debian and Ubuntu: apt install python3-venv)."
  fi
  .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r tools/bootstrap.txt
  # uv.lock names no index (tools/lock.sh): the packages come, by hash, from the index that this machine is configured
  # for.
  .venv/bin/uv export --quiet --frozen --all-groups --no-emit-project --output-file "$locked"
  .venv/bin/uv pip install --quiet --python .venv --no-deps --no-build-isolation --require-hashes -r "$locked"
  .venv/bin/uv pip install --quiet --python .venv --no-deps --no-build-isolation -e .
}

# npm's forge and cast wrappers exit with 0 when they fail (foundry#14781): only the native binaries are used.
# package-lock.json holds those for Linux on x86-64; elsewhere the same version may come from foundryup.
link_foundry() {
  local tool packaged found
  for tool in anvil cast forge; do
    packaged=$PWD/node_modules/@foundry-rs/$tool-linux-amd64/bin/$tool
    found=$([ -x "$packaged" ] && echo "$packaged" || command -v "$tool" || true)
    [ -n "$found" ] && "$found" --version | grep -qF $FOUNDRY_VERSION \
      || missing "Foundry $FOUNDRY_VERSION; on this platform get it by \`foundryup --install v$FOUNDRY_VERSION\`, then run make again."
    ln -sfn "$found" ".venv/bin/$tool"
  done
}

install_solc() {
  local artifact=$PWD/.venv/.solc-select/artifacts/solc-$SOLC_VERSION/solc-$SOLC_VERSION kind="native, by solc-select"
  if ! VIRTUAL_ENV=$PWD/.venv timeout 60 .venv/bin/solc-select install $SOLC_VERSION >/dev/null 2>&1 || ! [ -x "$artifact" ]; then
    kind="npm's, by tools/solc-launcher.cjs: no native build could be had"
    mkdir -p "$(dirname "$artifact")"
    printf '#!/bin/sh\nexec node "%s/tools/solc-launcher.cjs" "$@"\n' "$PWD" >"$artifact"
    chmod +x "$artifact"
  fi
  "$artifact" --version | grep -qF "$SOLC_COMMIT" || missing "solc $SOLC_COMMIT and found: $("$artifact" --version | tail -1)"
  mkdir -p .venv/solc
  ln -sfn "$artifact" ".venv/solc/solc-v$SOLC_VERSION"
  echo "solc $SOLC_COMMIT ($kind)" | tee .venv/solc/which
}

let_activate_find_solc() {
  local line='export SOLCX_BINARY_PATH="$VIRTUAL_ENV/solc"'
  grep -qxF "$line" .venv/bin/activate || printf '\n%s\n' "$line" >>.venv/bin/activate
}

python=$(find_python)
check_node
say "Installing into the checkout alone, in .venv and node_modules: nothing of the system changes"
say "Python packages, from uv.lock"
install_python_packages "$python"
say "Node packages, from package-lock.json"
npm ci --ignore-scripts --no-fund --no-audit --loglevel=error
link_foundry
say "Solidity compiler"
install_solc
let_activate_find_solc
touch .venv/installed
