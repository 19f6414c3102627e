import { describe, expect, test } from 'vitest'
import { csv } from '../../runner/formats/csv.ts'
import { formats } from '../../runner/formats/index.ts'
import { scanNumber } from '../../runner/formats/scan.ts'
import { swf } from '../../runner/formats/swf.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const swfLine = (...values: number[]) => [...values, ...Array<number>(18 - values.length).fill(-1)].join(' ')

describe('numbers from bytes', () => {
  const read = (text: string) => {
    const scanned = { value: 0, end: 0 }
    scanNumber(bytes(text), 0, scanned)
    return scanned
  }

  test.each([
    '0',
    '7',
    '-12',
    '3.25',
    '46585.486181234',
    '0.000000001',
    '1e3',
    '-2.5E-3',
    '12345678901234567890',
    '0.1',
  ])('%s', text => {
    expect(read(text)).toEqual({ value: Number(text), end: text.length })
  })

  test('decimals are rounded as Number() rounds them', () => {
    for (let i = 0; i < 20_000; i++) {
      const text = ((i * 7919) / 1000 + i / 1e9).toFixed(9)
      expect(read(text).value).toBe(Number(text))
    }
  })

  test('no number is NaN', () => expect(read('abc').value).toBeNaN())
})

describe('swf', () => {
  test('fields by the standard; a processor is a task', () => {
    const text = `; Version: 2\n\n${swfLine(1, 5, -1, 100, 4, -1, 512, 8, 200, 1024)}\n${swfLine(2, 6, -1, 0, 4, -1, -1, -1, -1, -1)}\n`
    const trace = swf.read(bytes(text), 'a.swf', {})
    expect([...trace.submitS]).toEqual([5, 6])
    expect([...trace.runS]).toEqual([100, 0])
    expect([...trace.tasks]).toEqual([8, 4])
    expect([...trace.estimateS]).toEqual([200, 0])
    expect([...trace.memoryBytes]).toEqual([1024 * 1024, Number.NaN])
  })

  test('jobs without run time or processors are left out and counted', () => {
    const text = [
      swfLine(1, 5, -1, -1, 4),
      swfLine(2, 5, -1, 10, 0),
      swfLine(3, -1, -1, 10, 1),
      swfLine(4, 5, -1, 10, 1),
    ].join('\n')
    const trace = swf.read(bytes(text), 'a.swf', {})
    expect(trace.count).toBe(1)
    expect(trace.skipped).toEqual({ 'run time unknown': 1, 'processors unknown': 1, 'submit time unknown': 1 })
  })

  test('limit, processors and memory options', () => {
    const text = `${swfLine(1, 0, -1, 9, 4, -1, 64, 8)}\n${swfLine(2, 0, -1, 9, 4, -1, 64, 8)}\n`
    const trace = swf.read(bytes(text), 'a.swf', { limit: 1, processors: 'allocated', memory: 'used' })
    expect([trace.count, trace.tasks[0], trace.memoryBytes[0]]).toEqual([1, 4, 64 * 1024])
  })

  test.each([
    ['1 2 3\n', 'a.swf:1: 3 fields, expected 18'],
    [`; c\n${swfLine(1, 0, -1, 9).replace('9', 'x')}\n`, 'a.swf:2: field 4 is not a number'],
    [`${swfLine(1, 0, -1, 9).replace('9', '9y')}\n`, 'a.swf:1: field 4 is not a number'],
  ])('a bad line says where: %j', (text, message) => {
    expect(() => swf.read(bytes(text), 'a.swf', {})).toThrow(message)
  })
})

describe('csv', () => {
  const options = { columns: { submitTime: 'arrival', runTime: 'duration', memory: 'mem' }, memoryUnit: 'GB' }

  test('columns by name and units', () => {
    const text = 'id,arrival,cpu,mem,duration\n0,0.5,2,4,300.25\n1,"1.5",0.5, 8,1\r\n'
    const trace = csv.read(bytes(text), 'a.csv', options)
    expect([...trace.submitS]).toEqual([0.5, 1.5])
    expect([...trace.cpuMilli]).toEqual([2000, 500])
    expect([...trace.memoryBytes]).toEqual([4e9, 8e9])
    expect([...trace.runS]).toEqual([300.25, 1])
    expect([...trace.tasks]).toEqual([Number.NaN, Number.NaN])
  })

  test('text columns, quoted delimiters, a byte order mark and no newline at the end', () => {
    const text = '\uFEFFname,submitTime,runTime\n"a, ""b""",1,2\nplain,3,4'
    const trace = csv.read(bytes(text), 'a.csv', {})
    expect([...trace.submitS]).toEqual([1, 3])
    expect([...trace.runS]).toEqual([2, 4])
  })

  test('times in hours, another delimiter', () => {
    const trace = csv.read(bytes('submitTime;runTime\n1;0.5\n'), 'a.csv', { timeUnit: 'h', delimiter: ';' })
    expect([trace.submitS[0], trace.runS[0]]).toEqual([3600, 1800])
  })

  test('rows that say no time are left out and counted', () => {
    const trace = csv.read(bytes('submitTime,runTime\n1,\n,2\n5,6\n'), 'a.csv', {})
    expect(trace.count).toBe(1)
    expect(trace.skipped).toEqual({ 'run time unknown': 1, 'submit time unknown': 1 })
  })

  test('a missing column and a bad number say where', () => {
    expect(() => csv.read(bytes('a,b\n1,2\n'), 'a.csv', options)).toThrow(
      'a.csv:1: no column “arrival” for submitTime; the file has a, b',
    )
    expect(() => csv.read(bytes('submitTime,runTime\n1,x\n'), 'a.csv', {})).toThrow(
      'a.csv:2: column 2 (runTime) is not a number',
    )
  })
})

test('every format names and documents itself and survives an empty file', () => {
  for (const format of formats) {
    expect(format.summary.length).toBeGreaterThan(10)
    for (const option of Object.values(format.options)) expect(option.description.length).toBeGreaterThan(5)
  }
  expect(swf.read(bytes(''), 'empty.swf', {}).count).toBe(0)
  expect(() => csv.read(bytes(''), 'empty.csv', {})).toThrow('no column')
})
