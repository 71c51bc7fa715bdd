/** What BuildKit's plain progress says about a failed build. */
export type BuildProblem = {
  /** The last `ERROR:` line without what wraps it. */
  readonly reason: string
  /** `Dockerfile:12`, when it is printed. */
  readonly location?: string
  /** The failing step as printed, e.g. `[2/3] RUN npm ci`. */
  readonly step?: string
  /** Last lines that the failing step wrote, oldest first. */
  readonly output: readonly string[]
}

const OUTPUT_LINES = 20
/** What buildx, BuildKit and its Dockerfile frontend put before the words that matter. */
const WRAPPING =
  /^error: (?:failed to build: )?(?:failed to solve: )?(?:rpc error: code = \w+ desc = )?(?:failed to solve with frontend dockerfile\.v0: )?(?:failed to create LLB definition: )?/i

/**
 * Reads the end of `docker buildx build --progress plain`: between two rules of dashes stand the failing step and its
 * last output, then the place in the Dockerfile, then `ERROR: failed to build: failed to solve: …`.
 */
export function readBuildProblem(log: string): BuildProblem {
  const lines = log.split('\n').map((line) => line.trimEnd())
  const reason = lines.findLast((line) => /^ERROR: |^error: /i.test(line)) ?? lastLine(lines)
  const location = lines.findLast((line, index) => /^\S.*:\d+$/.test(line) && /^-{20}$/.test(lines[index + 1] ?? ''))
  const start = lines.findLastIndex((line) => /^ > .+:$/.test(line))
  const [step = '', ...repeated] = start < 0 ? [] : untilRule(lines.slice(start))
  const own = outputOfFailed(lines)
  const output = (own.length > 0 ? own : repeated).filter(says)
  return {
    reason: reason.replace(WRAPPING, ''),
    ...(location === undefined ? {} : { location }),
    ...(step === '' ? {} : { step: step.slice(3, -1) }),
    output: output.slice(-OUTPUT_LINES),
  }
}

/** All that the failed step printed: the builder repeats ten lines of it at most, which may be empty ones. */
function outputOfFailed(lines: readonly string[]): readonly string[] {
  const [, vertex] = /^(#\d+ )ERROR: /.exec(lines.findLast((line) => /^#\d+ ERROR: /.test(line)) ?? '') ?? []
  if (vertex === undefined) return []
  return lines
    .filter((line) => line.startsWith(vertex))
    .map((line) => line.slice(vertex.length))
    .filter(isOutput)
}

/** `12.34 npm error code 1`: seconds, and what was printed. */
function isOutput(line: string): boolean {
  return /^\d+\.\d+(?: |$)/.test(line)
}

/** Not an empty line, nor an advertisement of the package manager's. */
function says(line: string): boolean {
  return !/^\d+\.\d+(?:$|\s+$| npm notice| \[notice\])|^$/.test(line)
}

function untilRule(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line) => /^-{6,}$/.test(line))
  return end < 0 ? lines : lines.slice(0, end)
}

function lastLine(lines: readonly string[]): string {
  return lines.findLast((line) => line.trim() !== '') ?? 'docker buildx build said nothing'
}
