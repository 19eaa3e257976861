#!/usr/bin/env bash
# Browser journeys need Chromium from Debian, best without its windows: the headless shell does the same for a third less
# work. Installs it where it is missing and apt is there; the whole Chromium will do; says so where there is neither.
set -euo pipefail
command -v chromium-headless-shell >/dev/null && exit 0
install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null 2>&1; }
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq -o Acquire::Retries=0 -o Acquire::http::Timeout=10 >/dev/null 2>&1 || true
  install chromium-headless-shell || command -v chromium >/dev/null || install chromium || true
fi
command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null ||
  echo "chromium is missing: the browser journeys will fail (install Debian's package chromium-headless-shell)" >&2
