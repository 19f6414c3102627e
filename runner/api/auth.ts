/** A bearer token, where the server can be reached from other machines. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** Probes of a kubelet have no token. */
const open = new Set(['/healthz', '/readyz'])

/** Whether a request may go on; compared in constant time. */
export function isAllowed(request: FastifyRequest, token: string | null): boolean {
  if (token === null || open.has(request.routeOptions.url ?? '')) return true
  const given = request.headers.authorization ?? ''
  return given.startsWith('Bearer ') && timingSafeEqual(digest(given.slice('Bearer '.length)), digest(token))
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Addresses that only this machine reaches. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host)
