#!/usr/bin/env bash
# The nightly job: fetch the newest exports, publish them, hand the site to a web host.
#
# EXPORTS  folder of the exports
# BUILD    output folder of the publications
# SITE     where releases of the static site go, DIR or HOST:DIR; unset: nowhere
#
# Exit code: 0 published; 1 published, and a fiche with a violation was kept out; 2 wrong usage; 3 nothing new is published,
# and the last publication stays; 4 published here, but not handed to the web host.
set -uo pipefail

if [[ -z ${EXPORTS:-} || -z ${BUILD:-} ]]; then
  echo "nightly.sh: EXPORTS and BUILD name no folders" >&2
  exit 2
fi

exports=$(rncp-ld fetch --dir "$EXPORTS")
fetched=$?
# Wrong usage is a mistake of whoever set this up, which no other night mends.
((fetched == 2)) && exit 2
((fetched == 0)) || exit 3
mapfile -t sources <<<"$exports"

before=$(readlink "$BUILD/current")
rncp-ld build "${sources[@]}" -o "$BUILD"
built=$?
((built == 2)) && exit 2
# 1 also says that no fiche was fit; then `current` is as it was.
if ((built > 1)) || [[ $(readlink "$BUILD/current") == "$before" ]]; then
  exit 3
fi

if [[ -n ${SITE:-} ]]; then
  "$(dirname "$0")/release.sh" "$BUILD/site" "$SITE" || exit 4
fi
exit "$built"
