/** Workflows: jobs of many steps, which become the stages of a scenario's workload. */

export interface WorkflowStep {
  id: string
  after: string[]
  runS: number
  cores: number
  /** 0: not told. */
  memoryBytes: number
  /** Bytes from outside of the workflow. */
  inputBytes: number
  /** Bytes that it hands on. */
  outputBytes: number
}

export interface Workflow {
  name: string
  steps: WorkflowStep[]
  /** What was made up or left out, as sentences. */
  notes: string[]
}

export interface WorkflowEntry {
  readonly name: string
  readonly summary: string
  readonly recognises: (document: unknown) => boolean
  /** Throws FabricdtError `bad-trace`. */
  readonly read: (document: unknown, file: string) => Workflow
}
