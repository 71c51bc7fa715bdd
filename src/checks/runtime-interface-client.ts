import { posix } from 'node:path'
import type { FileEntry } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { addClient, clientOf, names } from './facts/client-remedy.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { runtimeClients } from './facts/runtime-clients.ts'
import { parseShebang } from './facts/shebang.ts'
import { AWS_ENTRYPOINT, findInPath, startProgram } from './facts/start-program.ts'
import { code } from './facts/wording.ts'

const ID = 'runtime-interface-client'

/** What they run may be packed where it was not searched: jars, assemblies, other archives. */
const PACKED = /^(?:java|dotnet|bun|deno|php[\d.]*)$/

const WEB_ADAPTER =
  'COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/lambda-adapter'

export const runtimeInterfaceClient: Check = {
  id: ID,
  title: 'Something in the image speaks the Runtime API',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const { artifact } = subject
    const program = startProgram(artifact)
    // What is not there is the subject of the rule entrypoint.
    if (program?.file === undefined || program.file.path === AWS_ENTRYPOINT) return { findings: [] }
    if (runtimeClients(artifact).length > 0) return { findings: [] }
    return { findings: [finding(program.file, program.argv, subject)] }
  },
}

function finding(file: FileEntry, argv: readonly string[], subject: Subject): Finding {
  const interpreter = interpreterOf(file, subject)
  const name = posix.basename(interpreter?.path ?? file.path)
  const client = clientOf(name)
  // A program that is handed to the interpreter, and scripts around it, were searched; what a shell starts was not.
  const certain = client !== undefined
  const isNamed = certain && names(argv, client)
  const lack = isNamed ? `${code(client.name)} is not installed in it` : 'it holds no runtime interface client'
  const what = certain
    ? `The image starts ${code(argv.join(' '))}, and ${lack}: Lambda's invocations reach nobody`
    : PACKED.test(name) || interpreter !== undefined
      ? `No runtime interface client was found in the image, which starts ${code(argv.join(' '))}`
      : `The program ${code(file.path)} does not name the Runtime API, and nothing else in the image does`
  return {
    rule: ID,
    level: certain ? 'error' : 'warning',
    confidence: certain ? 'proven' : 'heuristic',
    subject: 'ENTRYPOINT',
    message: what,
    expected:
      'a runtime interface client, or an extension such as the Lambda Web Adapter, that asks the Runtime API for events',
    actual: `${code(argv[0] ?? '')} without one`,
    help: `${isNamed ? `Install ${code(client.name)}` : 'Add the client of your language and start it'}, or build FROM an AWS base image${isNamed ? '' : '; a web server can keep its start with the Lambda Web Adapter'}.\n${client === undefined ? WEB_ADAPTER : addClient(client, argv, subject)}`,
    count: 1,
    examples: certain ? [] : [file.path],
  }
}

/** Of a script its interpreter, of an interpreter itself; `undefined` for a program of its own. */
function interpreterOf(file: FileEntry, { artifact }: Subject): FileEntry | undefined {
  const line = artifact.firstLines[file.path]
  const shebang = line === undefined ? undefined : parseShebang(line)
  if (shebang !== undefined) {
    const named = shebang.program === undefined ? undefined : findInPath(shebang.program, artifact)
    const direct = imageTree(artifact).resolve(shebang.interpreter)
    return named ?? (isFile(direct) ? direct : undefined)
  }
  return isInterpreter(posix.basename(file.path)) ? file : undefined
}

function isInterpreter(name: string): boolean {
  return PACKED.test(name) || clientOf(name) !== undefined || /^(?:ba|da|z|a)?sh$|^busybox$/.test(name)
}
