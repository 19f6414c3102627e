#!/usr/bin/env bash
# Builds the Kubernetes binaries that the providers kwok and kubelet run, and what the tests of deploy/ need: build.sh OUT.
# From the Go module proxy alone; about ten minutes on two cores, once. A binary that is there already stays.
set -euo pipefail
cd "$(dirname "$0")"
out="${1:?usage: build.sh OUT}"
mkdir -p "$out"
out="$(cd "$out" && pwd)"
kubernetes=v1.34.4
kwok=v0.7.0
metrics_server=v0.9.0
helm=v3.22.0
# Modules whose custom resources are in deploy/.
node_feature_discovery=v0.18.3
prometheus_operator=v0.85.0
chaos_mesh=v0.9.1-0.20260902003049-47411975a8cb
ldflags=(-s -w)
minor="${kubernetes#v1.}"
# Clients refuse a server that does not say its version.
stamp=(
  -X "k8s.io/component-base/version.gitVersion=$kubernetes"
  -X k8s.io/component-base/version.gitMajor=1
  -X "k8s.io/component-base/version.gitMinor=${minor%%.*}"
)
# Two builders at once would do everything twice: the second waits for the first.
exec 9>"$out/.lock"
flock 9
# Built in a private folder, moved when whole, so that nobody runs half a binary.
work="$(mktemp -d "$out/.building.XXXXXX")"
trap 'rm -rf "$work"' EXIT

install_module() { # module@version commands…
  local module="${1%@*}" version="${1#*@}" command packages=()
  shift
  for command in "$@"; do
    [ -x "$out/$command" ] || packages+=("$module/cmd/$command@$version")
  done
  [ "${#packages[@]}" -eq 0 ] && return
  GOBIN="$work" nice go install -trimpath -ldflags "${ldflags[*]}" "${packages[@]}"
  mv "$work"/* "$out/"
}

build_package() { # name package
  [ -x "$out/$1" ] && return
  nice go build -trimpath -ldflags "${ldflags[*]} ${stamp[*]}" -o "$work/$1" "$2"
  mv "$work/$1" "$out/$1"
}

install_module "sigs.k8s.io/kwok@$kwok" kwok kwokctl
build_package etcd go.etcd.io/etcd/server/v3
for command in kube-apiserver kube-controller-manager kube-scheduler kubelet; do
  build_package "$command" "k8s.io/kubernetes/cmd/$command"
done
install_module "sigs.k8s.io/metrics-server@$metrics_server" metrics-server
install_module "helm.sh/helm/v3@$helm" helm

copy_crds() { # module@version files…
  local module="$1" file missing=() dir
  shift
  for file in "$@"; do
    [ -f "$out/crds/$(basename "$file")" ] || missing+=("$file")
  done
  [ "${#missing[@]}" -eq 0 ] && return
  dir="$(cd "$work" && GOWORK=off go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')"
  mkdir -p "$out/crds"
  for file in "${missing[@]}"; do
    install -m 644 "$dir/$file" "$out/crds/"
  done
}

copy_crds "sigs.k8s.io/node-feature-discovery@$node_feature_discovery" deployment/base/nfd-crds/nfd-api-crds.yaml
copy_crds "github.com/prometheus-operator/prometheus-operator@$prometheus_operator" \
  example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml
copy_crds "github.com/chaos-mesh/chaos-mesh@$chaos_mesh" config/crd/bases/chaos-mesh.org_{podchaos,networkchaos,schedules,workflows}.yaml
