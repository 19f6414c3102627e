#!/bin/sh
# runc for containers of another architecture: the user mode of QEMU is brought into them, and runs their program. The kernel
# needs to know nothing of it (no binfmt_misc), so that nothing of this machine is changed. What holds a pod's network is native.
set -eu
bundle=
previous=
for argument; do
  [ "$previous" != --bundle ] || bundle=$argument
  previous=$argument
done
config=$bundle/config.json
if [ -n "$bundle" ] && grep -q '"io.kubernetes.cri.container-type":"container"' "$config"; then
  mount='{"destination":"/.qemu","type":"bind","source":"EMULATOR","options":["bind","ro","nosuid","nodev"]}'
  sed -i -e 's|"args":\[|&"/.qemu",|' -e "s|\"mounts\":\[|&$mount,|" "$config"
fi
exec runc "$@"
