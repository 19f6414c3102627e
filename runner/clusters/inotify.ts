/** Many clusters on one machine watch many files: kubelets fail where the kernel allows too few. */
import { readFileSync } from 'node:fs'
import type { Finding } from './provider.ts'

const wanted = 8192

export function inotify(): Finding {
  const what = `fs.inotify.max_user_instances ≥ ${wanted}`
  const found = allowed()
  const ok = found === null || found >= wanted
  const detail = found === null ? 'no Linux kernel of ours to ask' : String(found)
  return { ok, what, detail, hint: ok ? '' : `sudo sysctl fs.inotify.max_user_instances=${wanted}` }
}

function allowed(): number | null {
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_user_instances', 'utf8'))
  } catch {
    return null
  }
}
