import type { JavaClass, JavaJar } from '../../inspect/java/java-file.ts'
import type { Subject } from '../check.ts'
import { userScope } from '../facts/user-scope.ts'

/** Jars and loose classes of the user's. */
export function userJava(subject: Subject): {
  readonly jars: readonly JavaJar[]
  readonly classes: readonly JavaClass[]
} {
  const { contains } = userScope(subject)
  const own = subject.artifact.facts.java.filter(({ path }) => contains(path))
  return {
    jars: own.filter((file) => file.kind === 'jar'),
    classes: own.filter((file) => file.kind === 'class'),
  }
}

/** purl of a jar whose pom.properties names it. */
export function jarOwner({ coordinates }: JavaJar): { readonly owner?: string } {
  return coordinates === undefined ? {} : { owner: `pkg:maven/${coordinates.replace(':', '/')}` }
}
