import type { BuildOptions } from 'esbuild'

export declare const pageScript: (root: string) => BuildOptions
export declare const command: (root: string, engine: string) => BuildOptions
export declare const validateCommand: (root: string) => BuildOptions & { metafile: true }
