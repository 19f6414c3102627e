/** A file that is to be imported: read, decoded and parsed once each, when first asked for. */
import { readBytes, unpackTable } from '../compile/files.ts'
import { FabricdtError } from '../errors.ts'

export class Source {
  readonly file: string
  readonly bytes: Uint8Array
  private decoded: string | undefined
  private parsed: { value: unknown } | undefined

  private constructor(file: string, bytes: Uint8Array) {
    this.file = file
    this.bytes = bytes
  }

  /** Throws FabricdtError `file-unreadable` or `bad-trace`. */
  static async open(file: string): Promise<Source> {
    await unpackTable(file)
    return new Source(file, readBytes(file))
  }

  get text(): string {
    this.decoded ??= new TextDecoder().decode(this.bytes)
    return this.decoded
  }

  /** Whether it begins as a JSON object does. */
  get isJson(): boolean {
    return new TextDecoder().decode(this.bytes.subarray(0, 1024)).trimStart().startsWith('{')
  }

  /** Throws FabricdtError `bad-trace` where it is not readable as JSON. */
  get json(): unknown {
    this.parsed ??= { value: this.parse() }
    return this.parsed.value
  }

  /** As many lines of its begin, as far as they lie in the first 64 KiB. */
  firstLines(count: number): string[] {
    return new TextDecoder().decode(this.bytes.subarray(0, 65_536)).split(/\r?\n/, count)
  }

  private parse(): unknown {
    try {
      return JSON.parse(this.text)
    } catch (cause) {
      const message = `${this.file}: not readable as JSON: ${(cause as Error).message}`
      throw new FabricdtError('bad-trace', message, { cause })
    }
  }
}
