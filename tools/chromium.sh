#!/usr/bin/env bash
# Browser journeys need Chromium from Debian. Installs it where it is missing and apt is there; says so where it is not.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
else
  echo "chromium is missing: the browser journeys will be skipped (install Debian's package chromium)" >&2
fi
