import { posix } from 'node:path'
import { crc32 } from 'node:zlib'
import type { Evidence } from '../../inspect/evidence.ts'
import type { JavaJar } from '../../inspect/java/java-file.ts'
import type { Finding } from '../check.ts'
import { imageTree, isFile } from '../facts/image-tree.ts'
import { code } from '../facts/wording.ts'

export type HandlerClass = { readonly findings: readonly Finding[]; readonly notChecked?: string }

/**
 * Whether the class that a handler names (`package.Class::method`) is where AWS's client looks: in WORKDIR, in the jars of
 * its `lib`, and in those of layers (aws-lambda-java-runtime-interface-client CustomerClassLoader).
 */
export function handlerClass(handler: string, folder: string, artifact: Evidence): HandlerClass {
  const name = handler.replace(/::[^:]*$/, '')
  const file = `${name.replaceAll('.', '/')}.class`
  const tree = imageTree(artifact)
  if (isFile(tree.resolve(posix.join(folder, file)))) return { findings: [] }
  const jars = artifact.facts.java.flatMap((one) => (one.kind === 'jar' ? [one] : []))
  const onPath = jars.filter(({ path }) => [posix.join(folder, 'lib'), '/opt/java/lib'].includes(posix.dirname(path)))
  if (onPath.some((jar) => holds(jar, file) === true)) return { findings: [] }
  const unknown = onPath.find((jar) => holds(jar, file) === undefined)
  if (unknown !== undefined) return { findings: [], notChecked: `which classes ${unknown.path} has was not read` }
  return { findings: [missing(name, file, folder, elsewhere(file, jars, artifact))] }
}

/** `undefined`: its classes were not read. */
function holds({ classNames }: JavaJar, file: string): boolean | undefined {
  if (classNames === undefined) return undefined
  const hashes = Buffer.from(classNames, 'base64')
  const wanted = crc32(file)
  for (let at = 0; at + 4 <= hashes.length; at += 4) if (hashes.readUInt32LE(at) === wanted) return true
  return false
}

function elsewhere(file: string, jars: readonly JavaJar[], { files }: Evidence): readonly string[] {
  const loose = files.flatMap(({ path }) => (path.endsWith(`/${file}`) ? [path] : []))
  return [...loose, ...jars.filter((jar) => holds(jar, file) === true).map(({ path }) => path)]
}

function missing(name: string, file: string, folder: string, near: readonly string[]): Finding {
  const [other] = near
  const lib = posix.join(folder, 'lib')
  return {
    rule: 'handler',
    level: 'error',
    confidence: 'proven',
    subject: 'CMD',
    message: `The class of the handler, ${code(name)}, is neither in ${code(folder)} nor in a jar of ${code(lib)}`,
    expected: `${code(posix.join(folder, file))}, or a jar with it in ${code(lib)} or \`/opt/java/lib\``,
    actual: other === undefined ? 'no such class' : `the class in ${code(other)}, which is not on the class path`,
    help: `Classes go to WORKDIR in the folders of their packages, jars to its \`lib\`; else correct CMD.\nCOPY ${other?.endsWith('.jar') ? `${posix.basename(other)} ${lib}/` : `target/classes ${folder}/`}`,
    count: 1,
    examples: near.slice(0, 5),
  }
}
