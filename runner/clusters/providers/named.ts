import { FabricdtError } from '../../errors.ts'
import type { Provider } from '../provider.ts'
import { findProvider, providers } from './index.ts'

/** Throws FabricdtError `usage` with all names. */
export function providerNamed(name: string): Provider {
  const provider = findProvider(name)
  if (provider !== undefined) return provider
  const names = providers.map(entry => entry.name).join(', ')
  throw new FabricdtError('usage', `there is no provider ${name}`, { hint: `Providers: ${names}.` })
}
