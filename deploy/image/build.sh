#!/bin/sh
# Builds the image of fabricdt-run for amd64 and arm64 by buildah, without a daemon: build.sh OUT IMAGE, such as
# build.sh out fabricdt/fabricdt-run:0.1.0. It lies in OUT/fabricdt-run-image.tar then. $NODE is another base than the Dockerfile's,
# $PLATFORMS other architectures than both.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:?usage: build.sh OUT IMAGE}
image=${2:?usage: build.sh OUT IMAGE}
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
store="--root $work/root --runroot $work/run --storage-driver vfs"
# Not what lies about: what is committed.
mkdir "$work/source"
git -C "$root" archive HEAD | tar -x -C "$work/source"
for arch in ${PLATFORMS:-amd64 arm64}; do
  buildah $store bud --quiet --isolation chroot --platform "linux/$arch" ${NODE:+--build-arg "NODE=$NODE"} \
    --build-arg "BUILDPLATFORM=linux/$(go env GOHOSTARCH 2>/dev/null || dpkg --print-architecture)" \
    --build-arg "VERSION=${image##*:}" --build-arg "REVISION=$(git -C "$root" rev-parse HEAD)" \
    --file "$work/source/deploy/image/Dockerfile" --manifest "$image" "$work/source" >/dev/null
done
buildah $store manifest push --quiet --all "$image" "oci-archive:$out/fabricdt-run-image.tar.part:$image" >/dev/null
mv "$out/fabricdt-run-image.tar.part" "$out/fabricdt-run-image.tar"
