import { INIT_SECONDS } from './lambda-environment.ts'

export type Measured = { readonly millis: number; readonly initMillis?: number }

/**
 * Whether real Lambda would have ended this invocation. An init of up to 10 s has a limit of its own there; a longer one is
 * started again as part of the invocation, and then counts. Returns what Lambda would say, or `undefined`.
 */
export function overTime(measured: Measured, timeoutSeconds: number): string | undefined {
  const init = measured.initMillis ?? 0
  const withinInitPhase = init <= INIT_SECONDS * 1000
  const counted = withinInitPhase ? measured.millis - init : measured.millis
  if (counted <= timeoutSeconds * 1000) return undefined
  const what = withinInitPhase
    ? `the handler took ${seconds(counted)} s`
    : `init (${seconds(init)} s, over Lambda's ${INIT_SECONDS} s) and handler took ${seconds(counted)} s`
  return `Task timed out after ${timeoutSeconds.toFixed(2)} seconds: ${what}`
}

function seconds(millis: number): string {
  return (millis / 1000).toFixed(1)
}
