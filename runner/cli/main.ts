/** The command line. Commands are loaded when they are called, so that `--help` is quick. */

import { readFileSync } from 'node:fs'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { packageRoot } from '../../reports/package-root.ts'
import { exits, FabricdtError } from '../errors.ts'
import { packageVersion } from '../package-version.ts'
import type { CalibrateFlags } from './calibrate.ts'
import type { DownFlags } from './down.ts'
import type { ExplainFlags } from './explain.ts'
import type { GenerateFlags } from './generate.ts'
import type { ImportFlags } from './import.ts'
import type { RunFlags } from './run.ts'
import type { SuiteFlags } from './run-suite.ts'
import type { ExtenderFlags } from './scheduler-extender.ts'
import type { SelftestFlags } from './selftest.ts'
import type { ServeFlags } from './serve.ts'
import type { SnapshotFlags } from './snapshot.ts'
import type { UpFlags } from './up.ts'

const exitHelp = `
Exit codes: 0 ok · 1 an expectation failed · 2 usage or scenario · 3 a trial errored · 4 a cluster · 70 internal · 130/143 signals`

const runExamples = `
Examples:
  fabricdt-run scenarios/zone-blackout.yaml
  fabricdt-run scenarios/first.yaml --replications 100 --policy resilient --policy greedy-latency
  fabricdt-run scenarios/swf-replay.yaml --set spec.workloads.0.trace.file=lublin_256.swf.gz
  fabricdt-run scenarios/first.yaml --set spec.fabric.clusters.home.nodes=1,2,4 --dry-run
  fabricdt-run scenarios/first.yaml --json > results.json
  fabricdt-run scenarios/zone-blackout.yaml --mode verify --provider kwok
  fabricdt-run validate scenarios/*.yaml`

const generateExamples = `
Examples:
  fabricdt-run generate lublin --option nodes=256 --option kind=alike --option jobs=10000
  fabricdt-run generate bags --option size=50 --to csv
  fabricdt-run generate stress --option kind=io --option runS=300 --to kubernetes`

const importExamples = `
Formats: swf, csv, parquet, openb, gaia, ecsched, azure-llm, azure-functions, google-2011, google-2019, opendc,
kubenergy (jobs); wfcommons (workflows); openb-nodes, opendc-topology (nodes).
Examples:
  fabricdt-run import openb_node_list_gpu_node.csv openb_pod_list_default.csv --out openb.yaml
  fabricdt-run import genome.json
  fabricdt-run import pai_1k.csv --from gaia --option timeUnit=s --to swf`

const serveExamples = `
Examples:
  fabricdt-run serve
  fabricdt-run serve scenarios/carbon-day.yaml --port 0
  curl http://127.0.0.1:8080/fabric

SIGTERM stops it with exit code 0 once requests under way have ended.`

const extenderExamples = `
Example:
  fabricdt-run scheduler-extender scenarios/first.yaml --context my-cluster --policy least-allocated
The scheduler is told of it in its configuration: see deploy/scheduler/kube-scheduler.yaml.`

/** Runs one command line and sets the process's exit code. */
export async function run(argv: readonly string[]): Promise<void> {
  // A closed pipe (`… | head`) is the reader's wish, not an error.
  process.stdout.on('error', error =>
    process.exit((error as NodeJS.ErrnoException).code === 'EPIPE' ? 0 : exits.internal),
  )
  try {
    await program().parseAsync([...argv], { from: 'user' })
  } catch (error) {
    process.exitCode = await explain(error)
  }
}

function program(): Command {
  const command = new Command('fabricdt-run')
    .description(
      'Predicts what a fabric of Kubernetes clusters does under a scenario, policy by policy, and reports it in one page.',
    )
    .version(packageVersion())
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({ outputError: text => process.stderr.write(text) })
    .addHelpText('after', runExamples + exitHelp)
  command
    .command('run', { isDefault: true })
    .description('predict, execute or verify scenarios and write their reports (the default command)')
    .argument('<file...>', 'scenario files')
    .option(
      '--set <path=value>',
      'change a field, such as spec.seed=7; a list or range(1,10) sweeps (repeatable)',
      collect,
      [],
    )
    .option('--seed <n>', 'seed, 0 to 4294967295', wholeNumber(0, 4_294_967_295))
    .option('--replications <n>', 'replications of each policy', wholeNumber(1, 1_000_000))
    .option('--threads <n>', 'threads; as many as there are processors where it is absent', wholeNumber(1, 1024))
    .option(
      '--policy <name>',
      'only this policy: a name, a label, or a file with one of your own (repeatable)',
      collect,
      [],
    )
    .option('--out <dir>', 'folder for the results', 'out')
    .option('--dry-run', 'only say what would be run and what is there already')
    .option('--no-cache', 'neither reuse finished trials nor keep them')
    .addOption(
      new Option('--mode <mode>', 'predict; execute on real clusters; verify: both, compared')
        .choices(['predict', 'execute', 'verify'])
        .default('predict'),
    )
    .option('--provider <name>', 'of the clusters: where none are up they are made by it, and taken away again')
    .option('--image <image>', 'what containers on real nodes run')
    .option('--resume', 'go on with an interrupted run; an error if there is none')
    .option('--json', 'print results.json to stdout instead of the summary')
    .option('--explain', 'explain all placements of the first replication, not only a sample')
    .option('--junit <file>', 'write the expectations as JUnit XML')
    .option('--csv', 'write metrics_<time>.csv and schedule_<time>.csv beside the report, too')
    .option('--strict', 'an inconclusive expectation fails too')
    .addOption(new Option('--quiet', 'print only what went wrong'))
    .addHelpText('after', runExamples + exitHelp)
    .action(async (files: string[], flags: RunFlags) => {
      const { runScenarios } = await import('./run.ts')
      process.exitCode = await runScenarios(files, flags)
    })
  command
    .command('validate')
    .description('check scenarios and say everything that is wrong with them')
    .argument('<file...>', 'scenario files')
    .option('--set <path=value>', 'change a field first (repeatable)', collect, [])
    .option('--json', 'print the diagnostics as JSON')
    .addHelpText('after', '\nExample:\n  fabricdt-run validate scenarios/zone-blackout.yaml')
    .action(async (files: string[], flags: { set: string[]; json?: boolean }) => {
      const { validate } = await import('./validate.ts')
      process.exitCode = await validate(files, flags)
    })
  command
    .command('schema')
    .description('print the JSON Schema of scenario files')
    .addHelpText('after', '\nExample:\n  fabricdt-run schema > scenario.schema.json')
    .action(() => {
      process.stdout.write(readFileSync(new URL('schemas/scenario.schema.json', packageRoot)))
    })
  command
    .command('report')
    .description('write report.html of a run anew from its results.json')
    .argument('<run-dir>', 'folder of a run')
    .addHelpText('after', '\nExample:\n  fabricdt-run report out/first/20261124-120000-1a2b3c')
    .action(async (folder: string) => {
      const { report } = await import('./report.ts')
      process.exitCode = await report(folder)
    })
  command
    .command('explain')
    .description('say why placements of a run went where they did: candidates, scores, and what each term gave')
    .argument('<run-dir>', 'folder of a run')
    .option('--policy <label>', 'only of this policy')
    .option('--workload <name>', 'only of this workload')
    .option('--job <n>', 'only of this job of its workload, from 0', wholeNumber(0, 2_147_483_647))
    .option('--limit <n>', 'placements of each policy', wholeNumber(1, 1_000_000), 5)
    .option('--json', 'print the rows as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  fabricdt-run explain out/first/20261124-120000-1a2b3c --policy greedy-latency --job 7\n\nOf a run there is a sample, or with `fabricdt-run SCENARIO --explain` everything.',
    )
    .action(async (folder: string, flags: ExplainFlags) => {
      const { explainRun } = await import('./explain.ts')
      process.exitCode = await explainRun(folder, flags)
    })
  command
    .command('selftest')
    .description('check the engine against queueing theory, closed forms and published figures; writes no files')
    .option('--long', '25 times the trials: minutes instead of seconds, intervals a fifth as wide')
    .option('--json', 'print the lines as JSON')
    .option('--seed <n>', 'other luck, 0 to 4294967295', wholeNumber(0, 4_294_967_295), 1)
    .addHelpText('after', '\nExit codes: 0 all lines hold · 1 one does not · 3 one could not be simulated')
    .action(async (flags: SelftestFlags) => {
      const { runSelftest } = await import('./selftest.ts')
      process.exitCode = await runSelftest(flags)
    })
  addPolicyCommands(command)
  addSuiteCommand(command)
  addImportCommand(command)
  addGenerateCommand(command)
  addClusterCommands(command)
  addSnapshotCommand(command)
  command
    .command('calibrate')
    .description(
      'fit speed, start-up, factors and watts to what executed runs observed, as a file that scenarios include',
    )
    .argument('<run-dir...>', 'folders of runs that were executed')
    .option('--out <file>', 'file to write', 'calibration.yaml')
    .option('--name <name>', 'what the calibration is called; the name of its file where it is absent')
    .option('--dry-run', 'only say what would be written')
    .addHelpText('after', '\nExample:\n  fabricdt-run calibrate out/first/20261124-120000-1a2b3c --out lab.yaml')
    .action(async (folders: string[], flags: CalibrateFlags) => {
      const { runCalibrate } = await import('./calibrate.ts')
      process.exitCode = await runCalibrate(folders, flags)
    })
  addPlannerCommands(command)
  return command
}

function addPolicyCommands(command: Command): void {
  command
    .command('init')
    .description('write a commented start')
    .command('policy')
    .description('of a policy of your own')
    .argument('[file]', 'file to write: .mjs or .js, or .ts where Node reads that (22.18 and later)', 'my-policy.mjs')
    .option('--force', 'overwrite a file that is there')
    .addHelpText('after', '\nExample:\n  fabricdt-run init policy mine.mjs')
    .action(async (file: string, flags: { force?: boolean }) => {
      const { initPolicy } = await import('./init-policy.ts')
      process.exitCode = initPolicy(file, flags)
    })
  command
    .command('conformance')
    .description('check that policies hold to what every policy must')
    .argument('<policy...>', 'files with policies of your own, or names')
    .option('--json', 'print the verdicts as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  fabricdt-run conformance ./mine.mjs\n\nExit codes: 0 all checks hold · 1 one does not',
    )
    .action(async (asked: string[], flags: { json?: boolean }) => {
      const { runConformance } = await import('./conformance.ts')
      process.exitCode = runConformance(asked, flags)
    })
}

function addSuiteCommand(command: Command): void {
  command
    .command('run-suite')
    .description('run the validation experiments V1 to V6: question, scenario, criteria, measured, verdict')
    .option('--only <ids>', 'only these, such as V1,V3')
    .option('--out <dir>', 'folder for the results', 'out')
    .option('--recorded', 'make no clusters: compare with what was recorded of earlier runs, where that is there')
    .option('--threads <n>', 'threads; as many as there are processors where it is absent', wholeNumber(1, 1024))
    .option('--json', 'print suite.json to stdout instead of the table')
    .addHelpText(
      'after',
      '\nWhere the provider kwok can be used, V1, V3 and V5 run on its clusters.\nExample:\n  fabricdt-run run-suite --only V2,V4\n\nExit codes: 0 no criterion failed · 1 one did',
    )
    .action(async (flags: SuiteFlags) => {
      const { runSuite } = await import('./run-suite.ts')
      process.exitCode = await runSuite(flags)
    })
}

function addClusterCommands(command: Command): void {
  command
    .command('up')
    .description("make the scenario's clusters for real")
    .argument('<file>', 'scenario file')
    .option('--provider <name>', 'how: see fabricdt-run doctor', 'kwok')
    .option('--context <cluster=context>', 'existing context for a cluster (provider context, repeatable)', collect, [])
    .option('--set <path=value>', 'change a field first (repeatable)', collect, [])
    .option('--dry-run', 'only say what would be made')
    .addHelpText('after', '\nExample:\n  fabricdt-run up scenarios/zone-blackout.yaml --provider kwok')
    .action(async (file: string, flags: UpFlags) => {
      const { runUp } = await import('./up.ts')
      process.exitCode = await runUp(file, flags)
    })
  command
    .command('down')
    .description('take clusters away again')
    .argument('[fabric...]', 'names of fabrics; the only one where none is given')
    .option('--all', 'all fabrics')
    .option('--force', 'also while a runner is at work on it')
    .option('--dry-run', 'only say what would be taken away')
    .addHelpText('after', '\nExample:\n  fabricdt-run down zone-blackout')
    .action(async (names: string[], flags: DownFlags) => {
      const { runDown } = await import('./down.ts')
      process.exitCode = await runDown(names, flags)
    })
  command
    .command('status')
    .description('say what of ours is where')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExit codes: 0 all answer · 4 a cluster does not')
    .action(async (flags: { json?: boolean }) => {
      const { runStatus } = await import('./status.ts')
      process.exitCode = await runStatus(flags)
    })
  command
    .command('recover')
    .description('put back what a runner that died left: failures, namespaces, half-made clusters')
    .option('--dry-run', 'only say what would be put back')
    .addHelpText('after', '\nExit codes: 0 all is back · 4 something could not be put back')
    .action(async (flags: { dryRun?: boolean }) => {
      const { runRecover } = await import('./recover.ts')
      process.exitCode = await runRecover(flags)
    })
  command
    .command('doctor')
    .description('say what this machine has and lacks for each provider of clusters')
    .argument('[provider...]', 'only these')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExit codes: 0 at least one can be used · 4 none')
    .action(async (names: string[], flags: { json?: boolean }) => {
      const { runDoctor } = await import('./doctor.ts')
      process.exitCode = await runDoctor(names, flags)
    })
}

function addImportCommand(command: Command): void {
  command
    .command('import')
    .description(
      'turn traces, workflows and lists of nodes of other programs into a scenario, or a trace into another format',
    )
    .argument('<file...>', 'files, also .gz and Parquet')
    .option('--from <format>', 'what they are; guessed where it is absent')
    .option('--to <format>', 'scenario, csv, parquet or swf', 'scenario')
    .option('--out <file>', 'file to write; named after the first where it is absent')
    .option(
      '--option <name=value>',
      'an option of the format that is read, such as timeUnit=s (repeatable)',
      collect,
      [],
    )
    .option('--force', 'overwrite a file that is there')
    .option('--dry-run', 'only say what would be read, dropped and made up')
    .addHelpText('after', importExamples)
    .action(async (files: string[], flags: ImportFlags) => {
      const { runImport } = await import('./import.ts')
      process.exitCode = await runImport(files, flags)
    })
}

function addGenerateCommand(command: Command): void {
  command
    .command('generate')
    .description('make the jobs of a model of workloads: a trace, or one of them as a Kubernetes Job')
    .argument('<model>', 'lublin, bags or stress')
    .option('--to <format>', 'csv, parquet, swf, or of stress kubernetes', 'swf')
    .option('--out <file>', 'file to write; named after the model where it is absent')
    .option('--option <name=value>', 'an option of the model, such as jobs=5000 (repeatable)', collect, [])
    .option('--seed <n>', 'of the jobs', wholeNumber(0, 4_294_967_295), 1)
    .option('--force', 'overwrite a file that is there')
    .option('--dry-run', 'only say how many jobs there would be')
    .addHelpText('after', generateExamples)
    .action(async (model: string, flags: GenerateFlags) => {
      const { runGenerate } = await import('./generate.ts')
      process.exitCode = await runGenerate(model, flags)
    })
}

function addSnapshotCommand(command: Command): void {
  command
    .command('snapshot')
    .description('write what live clusters are, and the work they had lately, as a scenario; only reads of them')
    .option(
      '--context <context>',
      'context of the kubeconfig, or name=context; several with commas (repeatable)',
      collect,
      [],
    )
    .option('--kubeconfig <file>', 'kubeconfig; $KUBECONFIG or ~/.kube/config where it is absent')
    .option('--out <file>', 'file to write, its traces beside it; <name>.yaml where it is absent')
    .option('--name <name>', 'what the scenario is called; the name of its file where it is absent')
    .option('--since <duration>', 'how far back work is told of', '24h')
    .option('--force', 'overwrite files that are there')
    .option('--dry-run', 'print the scenario to stdout and write nothing')
    .addHelpText('after', '\nExample:\n  fabricdt-run snapshot --context kind-a,kind-b --out lab.yaml')
    .action(async (flags: SnapshotFlags) => {
      const { runSnapshot } = await import('./snapshot.ts')
      process.exitCode = await runSnapshot(flags)
    })
}

function addPlannerCommands(command: Command): void {
  command
    .command('serve')
    .description('plan jobs for programs: a REST interface, described at /openapi.json and /docs')
    .argument('[scenario]', 'whose fabric is planned on; zone-blackout where it is absent')
    .option('--host <address>', 'address to listen on; other machines need a token', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber(0, 65_535), 8080)
    .option('--state <dir>', 'folder for the plans; $XDG_STATE_HOME/fabricdt where it is absent')
    .option('--token-file <file>', 'file with the token that requests must bear (or FABRICDT_TOKEN)')
    .option('--live', 'watch the clusters that `up` made of the scenario, and execute on them')
    .option('--image <image>', 'what containers on real nodes run')
    .option('--context <context>', 'watch an existing cluster: context, or cluster=context (repeatable)', collect, [])
    .option('--policy <file>', 'file with a policy of your own to plan by, too (repeatable)', collect, [])
    .option('--verbose', 'log every request to stderr, JSON line by line')
    .addHelpText('after', serveExamples)
    .action(async (file: string | undefined, flags: ServeFlags) => {
      const { serve } = await import('./serve.ts')
      process.exitCode = await serve(file, flags)
    })
  command
    .command('scheduler-extender')
    .description("let a real kube-scheduler ask the engine's policies which nodes fit and which to prefer")
    .argument('<scenario>', 'whose fabric the nodes are of, by name')
    .option('--policy <name>', 'policy: a name, or a file with one of your own', 'greedy-latency')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber(0, 65_535), 8090)
    .option('--live', 'of the clusters that `up` made of the scenario')
    .option('--cluster <name>', 'which of them the scheduler is of')
    .option('--context <context>', 'an existing cluster: context, or cluster=context', collect, [])
    .addHelpText('after', extenderExamples)
    .action(async (file: string, flags: ExtenderFlags) => {
      const { schedulerExtender } = await import('./scheduler-extender.ts')
      process.exitCode = await schedulerExtender(file, flags)
    })
}

const collect = (value: string, previous: string[]): string[] => [...previous, value]

const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}.`)
    return value
  }

/** Says on stderr what went wrong and gives the exit code. */
async function explain(error: unknown): Promise<number> {
  // Commander has printed its own message, and its errors exit with 1, which means something else here.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exits.ok : exits.usage
  const { printError } = await import('./print-error.ts')
  printError(error)
  return error instanceof FabricdtError ? error.exit : exits.internal
}
