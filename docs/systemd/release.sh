#!/usr/bin/env bash
# Copies a static site to a web host as a release of its own, then lets `current` name it: nobody ever sees half of it.
#
#     release.sh SITE [HOST:]DIR
#
# DIR/releases/20260817T033000Z   whole releases; the last three are kept, or $KEEP
# DIR/releases/next               the one that is being copied; what is there of it is used if a copy broke off
# DIR/current                     what the web server serves, changed by one rename
set -euo pipefail

site=$1 target=$2 keep=${KEEP:-3}
if ! [[ $keep =~ ^[1-9][0-9]*$ ]]; then
  echo "release.sh: KEEP is how many releases stay, 1 or more: $keep" >&2
  exit 2
fi
if [[ $target == *:* ]]; then there=(ssh "${target%%:*}"); else there=(sh -c); fi
dir=$(printf '%q' "${target#*:}")
release=$(date -u +%Y%m%dT%H%M%SZ)

# The first release has none before it.
before=$("${there[@]}" "set -e; mkdir -p $dir/releases/next; if [ -e $dir/current ]; then echo --link-dest=../../current/; fi")
# Pages that are the same as yesterday's are linked to them, so that a release takes the space of what changed, and keeps
# the date of the rest. Each build writes all its files, so that their content is compared, not their dates.
rsync -rlp --checksum --delete --chmod=D755,F644 ${before:+"$before"} "$site/" "$target/releases/next/"
"${there[@]}" "set -e; cd $dir
  mv -T releases/next releases/$release
  ln -sfn releases/$release current.new
  mv -T current.new current
  ls -d releases/2* | sort | head -n -$keep | grep -vxF releases/$release | xargs -r rm -rf"
