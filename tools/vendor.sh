#!/bin/sh
# Copies the browser libraries of tools/package.json into the static folder: unmodified, with version, digest and licence.
set -eu
cd "$(dirname "$0")"
target=../src/weaklink/web/static/vendor
npm ci --silent --no-audit --no-fund --ignore-scripts
mkdir -p "$target"
from=node_modules/htmx.org
cp "$from/dist/htmx.min.js" "$target/htmx.min.js"
cp "$from/LICENSE" "$target/htmx.LICENSE.txt"
version=$(sed -n 's/^ *"version": "\(.*\)".*/\1/p' "$from/package.json")
digest=$(sha256sum "$target/htmx.min.js" | cut -d' ' -f1)
cat > "$target/versions.txt" <<TEXT
Files of others, copied by tools/vendor.sh and not changed.

htmx.min.js
  package  htmx.org $version
  licence  0BSD, see htmx.LICENSE.txt
  sha256   $digest
TEXT
rm -rf node_modules
