#!/bin/sh
# Writes the images of this example to an archive, under names that nothing of Holdfast knows. They are taken from the container engine of this
# machine, where an earlier run of this checkout left them.
set -eu
archive=${1:?"usage: $0 <archive>"}
here=$(dirname "$0")
names='csi-hostpath csi-provisioner csi-attacher csi-resizer csi-snapshotter'

plan=$("$here/../../../holdfast" run --dry-run --json)
found=$(printf '%s' "$plan" | node -e '
const { images } = JSON.parse(require("fs").readFileSync(0, "utf8"))
for (const { name, reference } of images) if (process.argv.includes(name)) console.log(name, reference)
' $names)

tagged=
for name in $names; do
  reference=$(printf '%s\n' "$found" | sed -n "s|^$name ||p")
  tag=$(sed -n "s|.*image: .*/$name:|registry.example.com/stranger/$name:|p" "$here/driver.yaml" | head -n 1)
  docker image inspect "$reference" > /dev/null || {
    echo "$reference is not in the container engine. Run './holdfast up' first, then this again." >&2
    exit 3
  }
  docker tag "$reference" "$tag"
  tagged="$tagged $tag"
done
docker save --output "$archive" $tagged
docker image rm --no-prune $tagged > /dev/null
echo "Wrote $archive with$tagged"
