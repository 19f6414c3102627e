import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { Resolved } from '../resolve/resolve.ts'

/** One check of meaning: reports what it finds, says nothing where a part it needs is missing. */
export type Rule = (context: Context, draft: Draft, resolved: Resolved) => void
