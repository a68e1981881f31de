#!/usr/bin/env bash
# The nightly job: fetch the newest exports, publish them, hand the site to a web host.
#
# EXPORTS  folder of the exports
# BUILD    output folder of the publications
# SITE     where releases of the static site go, DIR or HOST:DIR; unset: nowhere
# DAYS     that exports are kept for once they are published; unset: 30
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
# A mistake in the configuration does not heal by itself; what else may go wrong here does.
if ((fetched)); then
  exit $((fetched == 2 ? 2 : 3))
fi
mapfile -t sources <<<"$exports"

before=$(readlink "$BUILD/current")
rncp-ld build "${sources[@]}" -o "$BUILD"
built=$?
if ((built == 2)); then
  exit 2
fi
# 1 also says that no fiche was fit; then `current` is as it was.
if ((built > 1)) || [[ $(readlink "$BUILD/current") == "$before" ]]; then
  exit 3
fi

# What was published just now stays, however old it is: else it would be fetched again. Other files are none of ours.
kept=()
for source in "${sources[@]}"; do
  kept+=(! -samefile "$source")
done
find "$EXPORTS" -maxdepth 1 -name 'export-fiches-*.zip*' -type f -mtime "+${DAYS:-30}" "${kept[@]}" -delete

if [[ -n ${SITE:-} ]]; then
  "$(dirname "$0")/release.sh" "$BUILD/site" "$SITE" || exit 4
fi
exit "$built"
