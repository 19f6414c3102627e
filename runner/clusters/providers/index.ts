/** The table of providers: one line a way to get clusters. */
import type { Provider } from '../provider.ts'
import { context } from './context.ts'
import { k3d } from './k3d.ts'
import { kind } from './kind.ts'
import { kubelet } from './kubelet.ts'
import { kwok } from './kwok.ts'

export const providers: readonly Provider[] = [kwok, kubelet, k3d, kind, context]

export const findProvider = (name: string): Provider | undefined => providers.find(entry => entry.name === name)
