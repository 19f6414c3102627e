/** `explain`: why placements of a run went where they did, off its explanations.parquet. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pc from 'picocolors'
import { exits, FabricdtError } from '../errors.ts'
import { alignedRows } from './aligned-rows.ts'

export interface ExplainFlags {
  policy?: string
  workload?: string
  job?: number
  limit: number
  json?: boolean
}

/** A row of explanations.parquet. */
interface ExplanationRow {
  policy: string
  time_s: number
  workload: string
  job: number
  stage: string
  attempt: number
  cluster: string
  node: string
  chosen: boolean
  score?: number | null
  term?: string | null
  value?: number | null
}

/** Exit code 2 (FabricdtError) where nothing of the kind is explained. */
export async function explainRun(folder: string, flags: ExplainFlags): Promise<number> {
  const { policy, workload, job, limit } = flags
  const rows = (await readRows(join(folder, 'explanations.parquet'))).filter(
    row =>
      (policy === undefined || row.policy === policy) &&
      (workload === undefined || row.workload === workload) &&
      (job === undefined || row.job === job),
  )
  if (rows.length === 0)
    throw new FabricdtError('unknown-reference', 'no placement of the kind is explained', {
      hint: 'A run explains a sample of its placements; `fabricdt-run SCENARIO --explain` explains all.',
    })
  const shown = [...placementsOf(rows, limit)]
  process.stdout.write(
    flags.json === true ? `${JSON.stringify(shown.flat(), null, 2)}\n` : `${shown.map(placementText).join('\n\n')}\n`,
  )
  return exits.ok
}

async function readRows(file: string): Promise<ExplanationRow[]> {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (cause) {
    throw new FabricdtError('file-unreadable', `cannot read ${file}: ${(cause as Error).message}`, {
      cause,
      hint: 'Give the folder of a run.',
    })
  }
  const { parquetReadObjects } = await import('hyparquet')
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  return (await parquetReadObjects({ file: buffer })) as unknown as ExplanationRow[]
}

/** Rows of one placement each, so many of each policy. */
function* placementsOf(rows: readonly ExplanationRow[], limit: number): Generator<ExplanationRow[]> {
  const counts = new Map<string, number>()
  for (const placement of groupBy(rows, keyOf)) {
    const [{ policy }] = placement
    const count = (counts.get(policy) ?? 0) + 1
    counts.set(policy, count)
    if (count <= limit) yield placement
  }
}

const keyOf = ({ policy, workload, job, stage, attempt }: ExplanationRow): string =>
  JSON.stringify([policy, workload, job, stage, attempt])

/** In the order of the first row of each. */
function groupBy(rows: readonly ExplanationRow[], key: (row: ExplanationRow) => string): ExplanationRow[][] {
  const groups = new Map<string, ExplanationRow[]>()
  for (const row of rows) {
    const known = groups.get(key(row))
    if (known === undefined) groups.set(key(row), [row])
    else known.push(row)
  }
  return [...groups.values()]
}

function placementText(rows: readonly ExplanationRow[]): string {
  const [{ policy, time_s, workload, job, stage, attempt }] = rows
  const nth = attempt === 0 ? '' : `, attempt ${attempt}`
  const title = `${pc.bold(policy)} at ${number(time_s)} s: stage “${stage}” of ${workload} ${job}${nth}`
  const terms = [...new Set(rows.flatMap(({ term }) => term ?? []))]
  const candidates = groupBy(rows, ({ node }) => node)
  const cells = candidates.map(of => [
    of[0].chosen ? '▸' : '',
    of[0].node,
    of[0].cluster,
    number(of[0].score),
    ...terms.map(term => number(of.find(row => row.term === term)?.value)),
  ])
  return [title, ...alignedRows([['', 'node', 'cluster', 'score', ...terms], ...cells], 3)].join('\n')
}

const number = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(Number(value.toPrecision(5)))
