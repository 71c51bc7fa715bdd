import { posix } from 'node:path'
import type { FileEntry } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { runtimeClients } from './facts/runtime-clients.ts'
import { parseShebang } from './facts/shebang.ts'
import { AWS_ENTRYPOINT, findInPath, startProgram } from './facts/start-program.ts'
import { code } from './facts/wording.ts'

const ID = 'runtime-interface-client'

/** Interpreters whose scripts were searched, and how their client is added. */
const INTERPRETERS: readonly (readonly [RegExp, string])[] = [
  [/^node(?:js)?\d*$/, 'RUN npm install aws-lambda-ric\nENTRYPOINT ["node", "node_modules/.bin/aws-lambda-ric"]'],
  [/^python[\d.]*$/, 'RUN pip install awslambdaric\nENTRYPOINT ["python3", "-m", "awslambdaric"]'],
  [/^ruby[\d.]*$/, 'RUN gem install aws_lambda_ric\nENTRYPOINT ["aws_lambda_ric"]'],
]
/** What they run may be packed where it was not searched: jars, assemblies, other archives. */
const PACKED = /^(?:java|dotnet|bun|deno|php[\d.]*)$/

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
  const added = INTERPRETERS.find(([pattern]) => pattern.test(name))?.[1]
  // A program that is handed to the interpreter, and scripts around it, were searched; what a shell starts was not.
  const certain = added !== undefined
  const what = certain
    ? `The image starts ${code(argv.join(' '))}, and holds no runtime interface client: Lambda's invocations reach nobody`
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
    help: `Add the client of your language and start it, or build FROM an AWS base image; a web server can keep its start with the Lambda Web Adapter.\n${added ?? 'COPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/lambda-adapter'}`,
    count: 1,
    examples: [file.path],
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
  return (
    PACKED.test(name) ||
    INTERPRETERS.some(([pattern]) => pattern.test(name)) ||
    /^(?:ba|da|z|a)?sh$|^busybox$/.test(name)
  )
}
