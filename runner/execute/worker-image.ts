import { packageVersion } from '../package-version.ts'

/** What real containers run where the user says no other: the worker, as deploy/worker/build.sh names it. */
export const workerImage = (): string => `localhost/fabricdt/worker:${packageVersion()}`
