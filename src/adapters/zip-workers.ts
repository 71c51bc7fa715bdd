import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { ActionError } from '../errors.ts'
import { type PackedPiece, type WorkerAnswer, type WorkerTask, ZIP_WORKER } from './zip-worker.ts'

export type ZipWorkers = AsyncDisposable & {
  /** How many tasks keep all of them busy while one is written. */
  readonly ahead: number
  pack(pieces: WorkerTask['pieces']): Promise<readonly PackedPiece[]>
}

type Waiting = { resolve(packed: readonly PackedPiece[]): void; reject(error: unknown): void }

/** One worker per processor: more are slower. Tasks go to them turn by turn, answers come as they are ready. */
export function zipWorkers(): ZipWorkers {
  const waiting = new Map<number, Waiting>()
  const workers = Array.from({ length: availableParallelism() }, () => new Worker(ZIP_WORKER, { eval: true }))
  let next = 0
  for (const worker of workers) {
    worker.on('message', (answer: WorkerAnswer) => {
      const task = waiting.get(answer.id)
      waiting.delete(answer.id)
      if ('packed' in answer) task?.resolve(answer.packed)
      else task?.reject(unreadable(answer))
    })
    worker.on('error', (error) => {
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    })
  }
  return {
    ahead: 2 * workers.length,
    pack(pieces) {
      const id = next++
      const packed = new Promise<readonly PackedPiece[]>((resolve, reject) => waiting.set(id, { resolve, reject }))
      workers[id % workers.length]?.postMessage({ id, pieces } satisfies WorkerTask)
      return packed
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

function unreadable({ path, message }: { readonly path: string; readonly message: string }): ActionError {
  return new ActionError('layer-invalid', `${path} cannot be packed: ${message}.`, {
    help: 'Does another step change the folder at the same time, or may this user not read it? Run the job again.',
  })
}
