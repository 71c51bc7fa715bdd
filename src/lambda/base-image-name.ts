import { parseImageReference } from '../image-reference.ts'
import { RUNTIMES, type Runtime } from './runtimes.ts'

/**
 * The runtime of a reference that is named like an AWS base image: `public.ecr.aws/lambda/nodejs:22`, a mirror or
 * pull-through cache of it, Docker Hub's `amazon/aws-lambda-nodejs:22`; also with a dated release or an architecture
 * in the tag. `undefined` for any other, and for one that does not say its version (`latest`).
 */
export function runtimeOfBaseImage(reference: string): Runtime | undefined {
  const { repository = '', tag = '' } = parseImageReference(reference) ?? {}
  const family = /(?:^|\/)(?:lambda\/|aws-lambda-)([a-z]+)$/.exec(repository)?.[1]
  const matches = RUNTIMES.filter((row) => row.family === family && isTagOf(tag, tagOf(row)))
  return matches.sort((a, b) => tagOf(b).length - tagOf(a).length)[0]
}

function tagOf(runtime: Runtime): string {
  return runtime.baseImage.slice(runtime.baseImage.lastIndexOf(':') + 1)
}

/** `22`, `22-arm64`, `22.2025.01.07.10` are tags of `22`; `3.1` is none of `3`, since dates have four digits. */
function isTagOf(tag: string, base: string): boolean {
  return tag === base || (tag.startsWith(base) && /^(?:\.\d{4}\.|-)/.test(tag.slice(base.length)))
}
