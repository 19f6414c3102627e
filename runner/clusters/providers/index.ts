/** The table of providers: one line a way to get clusters. */
import type { Provider } from '../provider.ts'
import { kwok } from './kwok.ts'

export const providers: readonly Provider[] = [kwok]

export const findProvider = (name: string): Provider | undefined => providers.find(entry => entry.name === name)
