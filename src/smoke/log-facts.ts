import type { ContainerLogs } from '../ports/containers.ts'

/** What the emulator's log (stderr) and the function's own lines (stdout) say about one invocation. */
export type LogFacts = {
  /** First init phase, from `INIT REPORT(durationMs: …)`; the REPORT line's Init Duration is not it (always about 0). */
  readonly initMillis?: number
  /** `Runtime.ExitError`, `Runtime.InvalidEntrypoint`, … */
  readonly fatalType?: string
  /** `fork/exec /x: exec format error`, `Runtime exited with error: exit status 1`, … */
  readonly fatalReason?: string
  /** Lines of the function and its runtime, without the platform's. */
  readonly functionLines: readonly string[]
}

const PLATFORM_LINE = /^(START RequestId: |END RequestId: |REPORT RequestId: )/

/** Reads the emulator's lines as v1.30 to v1.36 write them. */
export function logFacts(logs: ContainerLogs): LogFacts {
  const init = /\(rapid\) INIT REPORT\(durationMs: ([\d.]+)\)/.exec(logs.stderr)?.[1]
  const fatalType = /First fatal error stored in appctx: ([\w.]+)/.exec(logs.stderr)?.[1]
  // logrus prints its fields in any order: `error=… InvokeID=…` or `InvokeID=… error=…`.
  const fatalReason = /\(rapid\) (?:Init|Invoke) failed .*?error=(.*?)(?: InvokeID=.*)?$/m.exec(logs.stderr)?.[1]
  return {
    ...(init === undefined ? {} : { initMillis: Number(init) }),
    ...(fatalType === undefined ? {} : { fatalType }),
    ...(fatalReason === undefined ? {} : { fatalReason }),
    functionLines: logs.stdout.split('\n').filter((line) => line.trim() !== '' && !PLATFORM_LINE.test(line)),
  }
}

/** Lines that name a cause, the most telling kinds first (failures.md rows 8 to 17). */
const TELLING: readonly RegExp[] = [
  /version [`']?\S+' not found/,
  /error while loading shared libraries|cannot open shared object file|Error loading shared library/,
  /Error relocating|symbol not found|undefined symbol/,
  /exec format error|invalid ELF header|wrong ELF class|failed to map segment/,
  /NODE_MODULE_VERSION/,
  /EROFS|Read-only file system|EACCES|Permission denied/i,
  /entrypoint requires the handler name|Couldn't find valid bootstrap/,
  /Cannot find module|ModuleNotFoundError|No module named|Unable to import module|ImportError/,
  /Error: |Exception|panic: /,
]

/** `2026-11-21T10:37:38.012Z<tab>request id<tab>ERROR<tab>`: how the Node.js runtime begins what the console prints. */
const RUNTIME_PREFIX = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t[^\t]*\t[A-Z]+\t/

/** The line of the function that most likely tells why it failed; else its last one. */
export function tellingLine(lines: readonly string[]): string | undefined {
  const telling = TELLING.map((pattern) => lines.find((line) => pattern.test(line)))
  const line = telling.find((found) => found !== undefined) ?? lines.at(-1)
  return line?.replace(RUNTIME_PREFIX, '').trim()
}
