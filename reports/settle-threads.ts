/**
 * Threads are left alone for so long before they are taken away: V8 may still be optimising what they ran last, and
 * Node 20 aborts (in OptimizingCompileDispatcher) when a thread goes in the middle of that.
 */
export const settleMs = 150
