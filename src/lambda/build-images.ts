import type { Architecture } from './architecture.ts'
import type { Runtime } from './runtimes.ts'

/** The image in which `sam build --use-container` installs and compiles for a runtime, by the name and tag that SAM uses. */
export function samBuildImage({ id }: Pick<Runtime, 'id'>, architecture: Architecture): string {
  return `public.ecr.aws/sam/build-${id}:latest-${architecture}`
}
