import { setTimeout as sleep } from 'node:timers/promises'
import { run } from '../../../lab/process/command.ts'

/** Invokes the function in a container through its emulator, once the emulator listens; the container's network must be local. */
export async function untilAnswered(container: string, event: unknown): Promise<unknown> {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
  const address = (await run('docker', ['inspect', '--format', format, container])).trim()
  for (let attempt = 0; ; attempt += 1) {
    try {
      const url = `http://${address}:8080/2015-03-31/functions/function/invocations`
      return await (await fetch(url, { method: 'POST', body: JSON.stringify(event) })).json()
    } catch (error) {
      // Nobody listens yet; anything else is an answer.
      if (attempt === 100 || !(error instanceof TypeError)) throw error
      await sleep(50)
    }
  }
}
