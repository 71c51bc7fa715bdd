import { type ActionError, toActionError } from '../errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import { type Failure, type Outcome, STAGES, type StageName } from '../report/report.ts'

/** What a stage hands back: its result, and the line that the report says of it. */
export type StageResult<T> = { readonly value: T; readonly detail: string }

/** A stage failed; its outcome is recorded already. Ends the run's straight path, never leaves run.ts. */
export class StageFailed extends Error {
  override readonly name = 'StageFailed'
}

export type StageRecorder = {
  /** Runs one stage (or a further part of it) inside a log group; a failure is recorded and becomes StageFailed. */
  run<T>(name: StageName, title: string, work: () => Promise<StageResult<T>>): Promise<T>
  skip(name: StageName, reason: string): void
  /** Records a stage that was run elsewhere. */
  pass(name: StageName, seconds: number, detail: string): void
  /** Turns a stage that has run into the one that failed (findings close the gate after the smoke has confirmed them). */
  fail(name: StageName, error: ActionError): void
  /** All ten stages in order; those that never came to run are skipped with the reason. */
  outcomes(reason: string): Outcome[]
  failure(): Failure | undefined
}

/** Records each stage's status, seconds and detail, once. An aborted signal makes whatever runs the `cancelled` one. */
export function stageRecorder(clock: Clock, log: Log, cancelled: Promise<never>): StageRecorder {
  const outcomes = new Map<StageName, Outcome>()
  let failure: Failure | undefined

  const recordFailure = (name: StageName, seconds: number, error: ActionError) => {
    outcomes.set(name, { name, status: 'failed', seconds, detail: error.message })
    failure ??= { stage: name, code: error.code, message: error.message, help: error.help }
  }

  return {
    async run(name, title, work) {
      const started = clock.now()
      const earlier = outcomes.get(name)
      const seconds = () => (earlier?.seconds ?? 0) + (clock.now() - started) / 1000
      try {
        const { value, detail } = await Promise.race([log.group(title, work), cancelled])
        const said = earlier === undefined ? detail : `${earlier.detail}, ${detail}`
        outcomes.set(name, { name, status: 'passed', seconds: seconds(), detail: said })
        log.info(`${title}: ${detail} (${seconds().toFixed(1)} s)`)
        return value
      } catch (thrown) {
        const error = toActionError(thrown)
        recordFailure(name, seconds(), error)
        if (error.code === 'internal') log.debug(error.stack ?? error.message)
        throw new StageFailed(name, { cause: error })
      }
    },
    skip(name, reason) {
      outcomes.set(name, { name, status: 'skipped', seconds: 0, detail: reason })
      log.info(`${name}: skipped, ${reason}`)
    },
    pass(name, seconds, detail) {
      outcomes.set(name, { name, status: 'passed', seconds, detail })
    },
    fail(name, error) {
      recordFailure(name, outcomes.get(name)?.seconds ?? 0, error)
    },
    outcomes: (reason) =>
      STAGES.map((name) => outcomes.get(name) ?? { name, status: 'skipped', seconds: 0, detail: reason }),
    failure: () => failure,
  }
}
