import type { Engine } from './engine.ts'
import { get, namespace } from './natives.ts'
import { ownKeys } from './properties.ts'
import type { ScriptHost } from './script-host.ts'
import { Thing, UNKNOWN, type Value } from './values.ts'

/** `worker_threads`, in the thread that is none. A worker that is given the path of a program is there to start it. */
export function workerModule(engine: Engine, host: ScriptHost): Thing {
  const worker = engine.native((_, [, options]) => {
    const data = options instanceof Thing ? get(engine, options, 'workerData') : undefined
    const given = dataOf(data)
    const script = given
      .flatMap((one) => (one instanceof Thing ? [get(engine, one, '0')] : []))
      .find((one) => typeof one === 'string')
    for (const one of given) if (typeof one === 'string') host.started(one, script)
    return UNKNOWN
  })
  worker.opaque = true
  const made = namespace(engine, {}, { isMainThread: true, parentPort: null, workerData: null, threadId: 0 })
  made.properties.set('Worker', { value: worker })
  return made

  function dataOf(data: Value): readonly Value[] {
    return data instanceof Thing ? ownKeys(data).map((name) => get(engine, data, name)) : [data]
  }
}
