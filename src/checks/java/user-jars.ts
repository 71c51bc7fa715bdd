import type { JavaClass, JavaJar } from '../../inspect/java/java-file.ts'
import type { Subject } from '../check.ts'
import { imageTree } from '../facts/image-tree.ts'
import { userScope } from '../facts/user-scope.ts'

/** Jars and loose classes of the user's. */
export function userJava(subject: Subject): {
  readonly jars: readonly JavaJar[]
  readonly classes: readonly JavaClass[]
} {
  const scope = userScope(subject)
  const { entries } = imageTree(subject.artifact)
  const own = subject.artifact.facts.java.filter(({ path }) => {
    const entry = entries.get(path)
    return entry !== undefined && scope.contains(entry)
  })
  return {
    jars: own.filter((file) => file.kind === 'jar'),
    classes: own.filter((file) => file.kind === 'class'),
  }
}

/** purl of a jar whose pom.properties names it. */
export function jarOwner({ coordinates }: JavaJar): { readonly owner?: string } {
  return coordinates === undefined ? {} : { owner: `pkg:maven/${coordinates.replace(':', '/')}` }
}
