import type { Evidence, Libc, OsRelease } from '../../inspect/evidence.ts'
import { type FileFacts, NO_FACTS } from '../../inspect/fact-readers.ts'
import { operatingSystem } from '../../lambda/operating-systems.ts'
import { processEnvironment } from '../../lambda/process-environment.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import type { RuntimeFacts, Subject } from '../check.ts'
import { type ImageTree, imageTree } from './image-tree.ts'
import { mergedTree } from './merged-tree.ts'

/** What a process of the function sees: of an image its own files, of a layer the runtime's with the layer at /opt. */
export type RuntimeView = {
  readonly reference: string
  readonly runtime?: Runtime
  readonly tree: ImageTree
  readonly facts: FileFacts
  /** Variables of the process before its own program adds any. */
  readonly environment: Readonly<Record<string, string>>
  /** Where an image's process starts; of a layer's function that is the folder of its code. */
  readonly workingDirectory?: string
  readonly os?: OsRelease
  readonly libc?: Libc
  readonly tools: Readonly<Record<string, string>>
  /** `table`: the runtime's files were not read, so that what they hold is known from our tables or not at all. */
  readonly confidence: 'proven' | 'table'
}

const known = new WeakMap<Subject, readonly RuntimeView[]>()

/** One view for an image, one per compatible runtime for a layer. */
export function runtimeViews(subject: Subject): readonly RuntimeView[] {
  const views = known.get(subject) ?? search(subject)
  known.set(subject, views)
  return views
}

function search({ plan, artifact, runtimes }: Subject): readonly RuntimeView[] {
  if (plan.kind === 'image') return [imageView(artifact, runtimes[0]?.runtime)]
  return runtimes.map((facts) => layerView(artifact, facts))
}

function imageView(artifact: Evidence, runtime: Runtime | undefined): RuntimeView {
  return {
    reference: artifact.subject.reference,
    ...(runtime === undefined ? {} : { runtime }),
    tree: imageTree(artifact),
    facts: artifact.facts,
    environment: artifact.image?.environment ?? {},
    ...(artifact.image?.workingDirectory ? { workingDirectory: artifact.image.workingDirectory } : {}),
    ...(artifact.os === undefined ? {} : { os: artifact.os }),
    ...(artifact.libc === undefined ? {} : { libc: artifact.libc }),
    tools: artifact.tools,
    confidence: 'proven',
  }
}

function layerView(layer: Evidence, { reference, runtime, evidence, environment }: RuntimeFacts): RuntimeView {
  const os = evidence?.os ?? environment.os
  const libc = evidence?.libc ?? documentedLibc(runtime)
  return {
    reference,
    ...(runtime === undefined ? {} : { runtime }),
    tree: mergedTree(layer, evidence),
    facts: mergedFacts(layer.facts, evidence?.facts ?? NO_FACTS),
    environment: { ...processEnvironment(runtime), ...evidence?.image?.environment },
    ...(os === undefined ? {} : { os }),
    ...(libc === undefined ? {} : { libc }),
    tools: evidence?.tools ?? environment.tools,
    confidence: evidence === undefined ? 'table' : 'proven',
  }
}

function documentedLibc(runtime: Runtime | undefined): Libc | undefined {
  return runtime === undefined ? undefined : { family: 'glibc', version: operatingSystem(runtime.os).glibc }
}

/** Those of the layer, and those of the runtime that the layer does not replace. */
function mergedFacts(layer: FileFacts, runtime: FileFacts): FileFacts {
  const merged = (Object.keys(NO_FACTS) as (keyof FileFacts)[]).map((name) => {
    if (layer[name].length === 0) return [name, runtime[name]]
    const over = new Set(layer[name].map(({ path }) => path))
    return [name, [...layer[name], ...runtime[name].filter(({ path }) => !over.has(path))]]
  })
  return Object.fromEntries(merged) as FileFacts
}
