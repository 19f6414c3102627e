import { packageVersion } from '../package-version.ts'

/** What real containers run where the user says no other: the worker, as deploy/worker/build.sh names it. */
export const workerImage = (): string => `localhost/fabricdt/worker:${packageVersion()}`

/** The worker for nodes of another architecture than its own, to be emulated there; another image has to know how by itself. */
export const foreignImage = (image: string, arch: string): string =>
  image === workerImage() ? `${image}-${arch}` : image
