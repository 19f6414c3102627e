// Preloaded into a command that is measured: at its end it writes what it used, all threads together, to descriptor 3.
import { writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

if (isMainThread) process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())))
