import { fits, jarRoles, type NativeTarget, nativeFamilies } from '../../checks/java/jar-natives.ts'
import { importable } from '../../checks/layer/importable.ts'
import { layerTree } from '../../checks/layer/layer-tree.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import type { JarNative } from '../../inspect/java/java-file.ts'

/** A jar that the runtime puts on the class path, and its libraries: of every group one has to be loaded, tried in order. */
export type JarLoad = { readonly path: string; readonly natives: readonly (readonly string[])[] }

/** Where Lambda's client looks for the jars of layers; it takes no folders below it. */
const FOLDER = '/opt/java/lib'

/**
 * What the function of java/LambdaParityJars.java is to load of a layer. A library of which nothing fits is tried with all
 * it has: that it cannot be loaded is seen, not said. Libraries of jars for another platform are passed over where a
 * sibling fits, and where they are another system's feature.
 */
export function jarLoads(layer: Evidence, target: NativeTarget): readonly JarLoad[] {
  const paths = importable(FOLDER, 'java', layerTree(layer)).map((name) => `${FOLDER}/${name}`)
  const jars = layer.facts.java.flatMap((file) => (file.kind === 'jar' && paths.includes(file.path) ? [file] : []))
  const roles = jarRoles(jars, target)
  return paths.filter(isPlain).map((path) => {
    const jar = jars.find((one) => one.path === path)
    const role = jar === undefined ? undefined : roles.get(jar)
    if (jar === undefined || role === undefined || role === 'sibling' || role === 'feature')
      return { path, natives: [] }
    if (role === 'none') return { path, natives: groups([jar.natives]) }
    return { path, natives: groups(nativeFamilies(jar).map((family) => family.filter((one) => fits(one, target)))) }
  })
}

function groups(families: readonly (readonly JarNative[])[]): readonly (readonly string[])[] {
  return families.map((family) => family.map(({ name }) => name).filter(isPlain)).filter((family) => family.length > 0)
}

/** Without what separates names on their way to the second JVM. */
function isPlain(name: string): boolean {
  return !/[\t\n\r|:]/.test(name)
}
