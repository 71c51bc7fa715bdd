import type { Subject } from '../check.ts'
import { keptOut } from '../facts/docker-ignore.ts'
import type { Owner } from '../facts/owners.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { reinstall } from './reinstall.ts'

/** Advice for what the package manager installed and the artifact lacks. `path`: one of the files. */
export function leftOut(path: string, owner: Owner | undefined, subject: Subject, view: RuntimeView): string {
  return (
    keptOut([path], subject, view) ??
    `Something left them out: a pattern of .dockerignore, of \`find -delete\` or of a packaging tool. Install the package again behind it.\n${reinstall(path, owner, subject, view)}`
  )
}
