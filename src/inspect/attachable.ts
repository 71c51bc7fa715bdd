import type { Evidence, ImageFacts } from './evidence.ts'

/** Variables whose values rules look at; any other may hold a password that was baked into the image. */
const SHOWN =
  /^(?:PATH|LD_LIBRARY_PATH|LD_PRELOAD|LANG|LC_ALL|TZ|NODE_PATH|PYTHONPATH|PYTHONHOME|CLASSPATH|RUBYLIB|GEM_PATH|LAMBDA_TASK_ROOT|LAMBDA_RUNTIME_DIR|HOME|XDG_CACHE_HOME|NUMBA_CACHE_DIR|NUMBA_DISABLE_JIT)$/
const LABELS = /^(?:org\.opencontainers\.image\.base\.(?:name|digest)|lambda-parity\..*)$/
const HIDDEN = '(not shown)'

/**
 * Evidence that may be given to others, with a bug report or as a fixture: names of files and packages stay, values of
 * variables and labels, and the text of shell commands in the history, do not.
 */
export function attachable(evidence: Evidence): Evidence {
  return evidence.image === undefined ? evidence : { ...evidence, image: withoutValues(evidence.image) }
}

function withoutValues(image: ImageFacts): ImageFacts {
  const { history, healthcheck, ...rest } = image
  return {
    ...rest,
    environment: hide(image.environment, SHOWN),
    labels: hide(image.labels, LABELS),
    ...(healthcheck === undefined ? {} : { healthcheck: [HIDDEN] }),
    ...(history === undefined
      ? {}
      : { history: history.map((entry) => ({ ...entry, createdBy: instruction(entry.createdBy) })) }),
  }
}

/** Names of variables that tell which there are; their values may be anything. */
export function namesAlone(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(values).map((name) => [name, HIDDEN]))
}

function hide(values: Readonly<Record<string, string>>, shown: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown.test(name) ? value : HIDDEN]))
}

/** COPY and ADD name paths; everything else may quote anything. */
function instruction(text: string): string {
  if (/^(?:COPY|ADD) /.test(text)) return text
  const [word = ''] = text.split(/\s/, 1)
  return `${word} ${HIDDEN}`
}
