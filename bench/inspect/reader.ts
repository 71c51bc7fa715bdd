import { randomUUID } from 'node:crypto'
import { dockerImageFiles } from '../../src/adapters/docker-export.ts'
import { dockerImages } from '../../src/adapters/docker-images.ts'
import { gather } from '../../src/inspect/gather.ts'
import type { Log } from '../../src/ports/log.ts'

const silent: Log = {
  info: () => undefined,
  warning: console.warn,
  error: console.error,
  debug: () => undefined,
  annotate: () => undefined,
  mask: () => undefined,
  group: (_, work) => work(),
}

/** What reads images into evidence as the action does, with this machine's engine. */
export function imageReader() {
  const signal = new AbortController().signal
  const ports = {
    imageFiles: dockerImageFiles({ runId: randomUUID(), signal, log: silent }),
    images: dockerImages({ signal, log: silent }),
  }
  return (reference: string) => gather({ reference }, ports)
}
