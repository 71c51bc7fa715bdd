import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { ActionError } from '../errors.ts'
import { MOST_PACKED, PIECE } from '../layer/zip/zip-batches.ts'
import { type PackedPiece, type WorkerAnswer, type WorkerTask, ZIP_WORKER } from './zip-worker.ts'

/** What came of one task. `bytes` of a piece are there until the batch is given back. */
export type PackedBatch = {
  readonly packed: readonly PackedPiece[]
  bytes(piece: PackedPiece): Uint8Array
  giveBack(): void
}
export type ZipWorkers = AsyncDisposable & {
  /** How many tasks keep all of them busy while one is written. */
  readonly ahead: number
  pack(pieces: WorkerTask['pieces']): Promise<PackedBatch>
}

type Task = {
  readonly pieces: WorkerTask['pieces']
  resolve(batch: PackedBatch): void
  reject(error: unknown): void
}

// A layer has 250 MB at most: more are done before they have started.
const MOST_WORKERS = 8
// One is packed while the next is on its way.
const TASKS_PER_WORKER = 2
const AHEAD_PER_WORKER = 3
// Nothing lives long in a worker: by default its garbage may grow to 48 MB before anything is collected.
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 64 }

/** One worker per processor: more are slower. Each takes the next task when it is free; answers come as they are ready. */
export function zipWorkers(): ZipWorkers {
  const tasks: Task[] = []
  const slabs: ArrayBuffer[] = []
  const count = Math.min(availableParallelism(), MOST_WORKERS)
  const workers = Array.from({ length: count }, () => {
    const options = { eval: true, workerData: { piece: PIECE }, resourceLimits: LIMITS }
    return { thread: new Worker(ZIP_WORKER, options), underWay: [] as Task[] }
  })
  for (const worker of workers) {
    worker.thread.on('message', (answer: WorkerAnswer) => {
      const task = worker.underWay.shift()
      if ('packed' in answer) task?.resolve(packedBatch(answer, slabs))
      else task?.reject(unreadable(answer))
      feed(worker)
    })
    worker.thread.on('error', (error) => {
      for (const { reject } of [...worker.underWay, ...tasks]) reject(error)
    })
  }
  return {
    ahead: AHEAD_PER_WORKER * count,
    pack(pieces) {
      const packed = new Promise<PackedBatch>((resolve, reject) => tasks.push({ pieces, resolve, reject }))
      feed(workers.toSorted((a, b) => a.underWay.length - b.underWay.length)[0])
      return packed
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map(({ thread }) => thread.terminate()))
    },
  }

  function feed(worker: (typeof workers)[number] | undefined): void {
    if (worker === undefined || worker.underWay.length >= TASKS_PER_WORKER) return
    const task = tasks.shift()
    if (task === undefined) return
    worker.underWay.push(task)
    const slab = slabs.pop() ?? new ArrayBuffer(MOST_PACKED)
    worker.thread.postMessage({ pieces: task.pieces, slab } satisfies WorkerTask, [slab])
  }
}

function packedBatch(
  { packed, slab }: Extract<WorkerAnswer, { slab: ArrayBuffer }>,
  slabs: ArrayBuffer[],
): PackedBatch {
  return {
    packed,
    bytes: ({ start, end }) => new Uint8Array(slab, start, end - start),
    giveBack: () => void slabs.push(slab),
  }
}

function unreadable({ path, message }: { readonly path: string; readonly message: string }): ActionError {
  return new ActionError('layer-invalid', `${path} cannot be packed: ${message}.`, {
    help: 'Does another step change the folder at the same time, or may this user not read it? Run the job again.',
  })
}
