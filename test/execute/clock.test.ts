import { describe, expect, it } from 'vitest'
import { WallClock } from '../../runner/execute/clock.ts'

const signal = new AbortController().signal

describe('the wall clock', () => {
  it('stands at 0 until it is started, then goes', async () => {
    const clock = new WallClock()
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(clock.nowS()).toBe(0)
    clock.start()
    await clock.until(0.05, signal)
    expect(clock.nowS()).toBeGreaterThanOrEqual(0.045)
    expect(clock.nowS()).toBeLessThan(5)
  })

  it('wakes whoever waits, and who is about to wait, once', async () => {
    const clock = new WallClock()
    clock.start()
    setTimeout(() => clock.wake(), 10)
    await clock.until(Number.POSITIVE_INFINITY, signal)
    clock.wake()
    await clock.until(3600, signal)
    expect(clock.nowS()).toBeLessThan(60)
    let isOver = false
    const waiting = clock.until(clock.nowS() + 0.2, signal).then(() => {
      isOver = true
    })
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(isOver).toBe(false)
    await waiting
  })

  it('ends with the reason of the signal, also of one that has come already', async () => {
    const clock = new WallClock()
    clock.start()
    const ended = new AbortController()
    const waiting = clock.until(3600, ended.signal)
    ended.abort(new Error('Ctrl-C'))
    await expect(waiting).rejects.toThrow('Ctrl-C')
    await expect(clock.until(3600, ended.signal)).rejects.toThrow('Ctrl-C')
  })
})
