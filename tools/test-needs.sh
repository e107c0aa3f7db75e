#!/usr/bin/env bash
# What the tests need beyond the lock files: a Chromium and a PostgreSQL server. As root on Debian or Ubuntu it says
# what it is about to install, and does; elsewhere it says what to install. `make demo` needs neither.
set -euo pipefail

browser() { [ -n "${BEFFROI_CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome; }
database() { [ -n "${BEFFROI_NO_POSTGRES:-}" ] || command -v postgres || compgen -G "/usr/lib/postgresql/*/bin/postgres"; }

absent=()
browser >/dev/null 2>&1 || absent+=(chromium)
database >/dev/null 2>&1 || absent+=(postgresql)
[ ${#absent[@]} -gt 0 ] || exit 0
if [ "$EUID" -ne 0 ] || ! command -v apt-get >/dev/null; then
  printf 'The tests need %s, absent here (on Debian: apt install %s). BEFFROI_CHROMIUM=/path names a browser elsewhere; BEFFROI_NO_POSTGRES=1 does without PostgreSQL, and says so.\n' \
    "${absent[*]}" "${absent[*]}" >&2
  exit 1
fi
printf '· The tests need %s, absent here: installing with apt-get, on the system\n' "${absent[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update --quiet=2
apt-get install --quiet=2 --yes --no-install-recommends "${absent[@]}"
