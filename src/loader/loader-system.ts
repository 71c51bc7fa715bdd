import type { RuntimeView } from '../checks/facts/runtime-view.ts'
import type { Architecture } from '../lambda/architecture.ts'

/** Where the loader of one runtime looks, and among which files. */
export type LoaderSystem = {
  readonly view: RuntimeView
  readonly architecture: Architecture
}

export function loaderSystem(view: RuntimeView, architecture: Architecture): LoaderSystem {
  return { view, architecture }
}
