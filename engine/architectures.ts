/** CPU architectures by their Kubernetes names (`kubernetes.io/arch`); bit i stands for entry i. */
export const architectures = ['amd64', 'arm64', 'arm', 'riscv64', 'ppc64le', 's390x'] as const

export const anyArchitecture = (1 << architectures.length) - 1

/** Bits of the named architectures; none named: any will do. */
export function architectureMask(names: readonly string[]): number {
  if (names.length === 0) return anyArchitecture
  return names.reduce((mask, name) => mask | (1 << architectures.indexOf(name as (typeof architectures)[number])), 0)
}
