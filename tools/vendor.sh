#!/bin/sh
# Puts the browser libraries of tools/package.json into the static folder, with version, digest and licence.
# htmx is copied; of three.js the part that is used is bundled (bundle_three.mjs). Their source is not changed.
set -eu
cd "$(dirname "$0")"
target=../src/weaklink/web/static/vendor
npm ci --silent --no-audit --no-fund --ignore-scripts
mkdir -p "$target"
version() { sed -n 's/^ *"version": "\(.*\)".*/\1/p' "node_modules/$1/package.json" | head -n 1; }
digest() { sha256sum "$target/$1" | cut -d' ' -f1; }
cp node_modules/htmx.org/dist/htmx.min.js "$target/htmx.min.js"
cp node_modules/htmx.org/LICENSE "$target/htmx.LICENSE.txt"
node bundle_three.mjs "$target/three.min.js"
cp node_modules/three/LICENSE "$target/three.LICENSE.txt"
cat > "$target/versions.txt" <<TEXT
Files of others, put here by tools/vendor.sh. Their source is not changed.

htmx.min.js
  package  htmx.org $(version htmx.org)
  licence  0BSD, see htmx.LICENSE.txt
  sha256   $(digest htmx.min.js)

three.min.js
  package  three $(version three), the part named in tools/three_parts.js
  bundler  esbuild $(version esbuild), by tools/bundle_three.mjs: shaders that draw nothing here are left out
  licence  MIT, see three.LICENSE.txt
  sha256   $(digest three.min.js)
TEXT
# What only the tests use (the validator of glTF files, three's own reader) stays with --keep.
test "${1:-}" = --keep || rm -rf node_modules
