import type { ImageBuilder } from '../ports/image-builder.ts'
import { dockerStream } from './docker-stream.ts'

/** Builds through the CLI; an aborted `signal` ends the build. */
export function dockerBuilder({ signal }: { readonly signal: AbortSignal }): ImageBuilder {
  return {
    async build(argv, { env, onLine }) {
      const { stdout, done } = dockerStream(argv, { env, signal, onStderrLine: onLine })
      stdout.resume()
      const { exitCode, stderrTail } = await done
      return { exitCode, log: stderrTail }
    },
  }
}
