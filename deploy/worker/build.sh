#!/bin/sh
# Builds the worker: build.sh OUT [IMAGE]. Programs for amd64, arm64 and WebAssembly go to OUT; with IMAGE (such as
# fabricdt/worker:0.1.0) an image for both architectures too, by buildah and without a daemon, as OUT/worker-image.tar; and,
# for nodes that emulate the other architecture, each of the two by itself: IMAGE-arm64 as OUT/worker-image-arm64.tar.
set -eu
cd "$(dirname "$0")"
out=${1:?usage: build.sh OUT [IMAGE]}
image=${2:-}
mkdir -p "$out"
out=$(cd "$out" && pwd)
build() { CGO_ENABLED=0 GOOS=$1 GOARCH=$2 go build -trimpath -ldflags '-s -w' -o "$out/$3" .; }
build linux amd64 worker-linux-amd64
build linux arm64 worker-linux-arm64
build wasip1 wasm worker.wasm
[ -n "$image" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
store="--root $work/root --runroot $work/run --storage-driver vfs"
cp Dockerfile "$out"/worker-linux-* "$work"
version=${image##*:}
for arch in amd64 arm64; do
  buildah $store bud --quiet --isolation chroot --platform "linux/$arch" --build-arg "TARGETARCH=$arch" \
    --build-arg "VERSION=$version" --manifest "$image" "$work" >/dev/null
done
for arch in amd64 arm64; do
  rm -f "$out/worker-image-$arch.tar.part"
  buildah $store bud --quiet --isolation chroot --platform "linux/$arch" --build-arg "TARGETARCH=$arch" \
    --build-arg "VERSION=$version" --tag "$image-$arch" "$work" >/dev/null
  buildah $store push --quiet "$image-$arch" "docker-archive:$out/worker-image-$arch.tar.part:$image-$arch" >/dev/null
  mv "$out/worker-image-$arch.tar.part" "$out/worker-image-$arch.tar"
done
buildah $store manifest push --quiet --all "$image" "oci-archive:$out/worker-image.tar.part:$image" >/dev/null
mv "$out/worker-image.tar.part" "$out/worker-image.tar"
