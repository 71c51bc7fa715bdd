import type { ImageBuilder } from '../ports/image-builder.ts'
import { dockerStream } from './docker-stream.ts'

/** Builds through the CLI; an aborted `signal` ends the build. */
export function dockerBuilder({ signal }: { readonly signal: AbortSignal }): ImageBuilder {
  return {
    async build(argv, { env, onLine, signal: own }) {
      const ending = own === undefined ? signal : AbortSignal.any([signal, own])
      const { stdout, done } = dockerStream(argv, { env, signal: ending, onStderrLine: onLine })
      stdout.resume()
      const { exitCode, stderrTail } = await done
      return { exitCode, log: stderrTail }
    },
  }
}
