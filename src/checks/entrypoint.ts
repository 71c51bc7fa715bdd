import type { Evidence, FileEntry } from '../inspect/evidence.ts'
import type { Architecture } from '../lambda/architecture.ts'
import { isSkipped, type Plan } from '../plan/plan.ts'
import type { Check, Finding } from './check.ts'
import { MAX_EXAMPLES } from './facts/examples.ts'
import { foreignAt } from './facts/foreign-files.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { cutFault, type ProgramFault } from './facts/program-fault.ts'
import { notAProgram } from './facts/program-format.ts'
import { unixLineEndings } from './facts/program-remedy.ts'
import { parseShebang, type Shebang } from './facts/shebang.ts'
import { AWS_ENTRYPOINT, findInPath, type StartProgram, startProgram } from './facts/start-program.ts'
import { code, octal, shellWord } from './facts/wording.ts'

type Problem = Omit<Finding, 'rule' | 'level' | 'confidence' | 'count' | 'examples'> & { examples?: readonly string[] }

export const entrypoint: Check = {
  id: 'entrypoint',
  title: 'What ENTRYPOINT and CMD name can be started',
  appliesTo: ({ kind }) => kind === 'image',
  run({ artifact, plan }) {
    if (artifact.image === undefined) return { findings: [], notChecked: 'the configuration of the image was not read' }
    const program = startProgram(artifact)
    const problem =
      program === undefined
        ? nothingToStart()
        : (programProblem(program, artifact, plan.architecture) ?? argumentProblem(program))
    if (problem === undefined) return { findings: [] }
    // A handler given for the smoke says that CMD is not what the function will run with.
    const overridden = problem.subject === 'CMD' && hasHandlerOverride(plan)
    return {
      findings: [
        {
          rule: 'entrypoint',
          ...(overridden ? OVERRIDDEN : PROVEN),
          count: 1,
          examples: [],
          ...problem,
        },
      ],
    }
  },
}

const PROVEN = { level: 'error', confidence: 'proven' } as const
const OVERRIDDEN = { level: 'warning', confidence: 'heuristic' } as const

function hasHandlerOverride({ smoke }: Plan): boolean {
  return !isSkipped(smoke) && smoke.handler !== undefined
}

function nothingToStart(): Problem {
  return {
    subject: 'ENTRYPOINT',
    message: 'The image has neither ENTRYPOINT nor CMD: Lambda has nothing to start',
    expected: 'a program that speaks the Lambda Runtime API',
    actual: 'neither is set',
    help: 'Build FROM an AWS base image and set CMD to the handler, or set ENTRYPOINT to your program.\nCMD ["index.handler"]',
  }
}

function programProblem(program: StartProgram, artifact: Evidence, architecture: Architecture): Problem | undefined {
  const { file, name, tried } = program
  if (file === undefined && artifact.image?.entrypoint.length === 0 && isHandlerName(name)) {
    return withoutClient(name, artifact)
  }
  if (file === undefined) {
    return {
      subject: artifact.image?.entrypoint.length === 0 ? 'CMD' : 'ENTRYPOINT',
      message: `${code(name)} does not exist in the image, so it cannot be started`,
      expected: name.includes('/') ? `a file at ${code(tried[0] ?? name)}` : 'an executable file in PATH',
      actual: 'no such file',
      help: 'Copy the program into the image, or name its absolute path in ENTRYPOINT.\nENTRYPOINT ["/absolute/path/to/program"]',
      examples: tried.slice(0, MAX_EXAMPLES),
    }
  }
  if ((file.mode & 0o1) === 0) return notExecutable(file)
  const elf = imageTree(artifact).elf.get(file.path)
  if (elf !== undefined) {
    const cut = cutFault(elf)
    if (cut !== undefined) return faultOf(file, cut)
    return elf.interpreter === undefined ? undefined : elfInterpreter(file, elf.interpreter, artifact)
  }
  const line = artifact.firstLines[file.path]
  const shebang = line === undefined ? undefined : parseShebang(line)
  return shebang === undefined ? noFormat(file, artifact, architecture) : shebangProblem(file, shebang, artifact)
}

/** CMD alone, and it reads as `module.function`: AWS's base images start that, others start nothing. */
function withoutClient(handler: string, artifact: Evidence): Problem {
  return {
    subject: 'ENTRYPOINT',
    message: `CMD is the handler ${code(handler)}, and no ENTRYPOINT starts a runtime interface client that would call it`,
    expected: 'a runtime interface client as ENTRYPOINT',
    actual: 'no ENTRYPOINT',
    help: `Add the runtime interface client of your language and start it, or build FROM an AWS base image, which has one.\n${clientLines(artifact)}`,
  }
}

function clientLines(artifact: Evidence): string {
  const isPython = ['python3', 'python'].some((name) => findInPath(name, artifact) !== undefined)
  return isPython && findInPath('node', artifact) === undefined
    ? 'RUN pip install awslambdaric\nENTRYPOINT ["python3", "-m", "awslambdaric"]'
    : 'RUN npm install aws-lambda-ric\nENTRYPOINT ["node", "node_modules/.bin/aws-lambda-ric"]'
}

// Files that are programs by themselves; the kernel starts them when they have an interpreter line.
const SCRIPT = /\.(?:sh|bash|py|rb|js|mjs|cjs|pl)$/

function isHandlerName(name: string): boolean {
  return /^\w[\w/-]*(?:\.\w+)+$/.test(name) && !SCRIPT.test(name)
}

function notExecutable(file: FileEntry): Problem {
  return {
    subject: file.path,
    message: `${code(file.path)} is what Lambda starts, and its user may not execute it: mode \`${octal(file.mode)}\``,
    expected: '`0755`: others may read and execute it',
    actual: `\`${octal(file.mode)}\``,
    help: `Set the mode in the Dockerfile (or \`COPY --chmod=755\`).\nRUN chmod 755 ${shellWord(file.path)}`,
  }
}

function elfInterpreter(file: FileEntry, interpreter: string, artifact: Evidence): Problem | undefined {
  if (isFile(imageTree(artifact).resolve(interpreter))) return undefined
  return {
    subject: file.path,
    message: `${code(file.path)} is loaded by ${code(interpreter)}, which does not exist in the image`,
    expected: code(interpreter),
    actual: 'no such file',
    help: 'Compile in an image of the same distribution, or link statically.\nCGO_ENABLED=0 go build    # Go; for Rust: cargo build --target x86_64-unknown-linux-musl',
  }
}

function noFormat(file: FileEntry, artifact: Evidence, architecture: Architecture): Problem {
  return faultOf(file, notAProgram(file, foreignAt(file.path, artifact), architecture))
}

function faultOf(file: FileEntry, { what, expected, actual, help }: ProgramFault): Problem {
  return { subject: file.path, message: `${code(file.path)} ${what}`, expected, actual, help }
}

function shebangProblem(file: FileEntry, shebang: Shebang, artifact: Evidence): Problem | undefined {
  const { interpreter, program, fault } = shebang
  if (fault !== undefined) {
    const what = fault === 'carriage-return' ? 'a carriage return (Windows line endings)' : 'a byte order mark'
    return {
      subject: file.path,
      message: `The first line of ${code(file.path)} has ${what}: the kernel does not find its interpreter`,
      expected: code(`#!${interpreter}`),
      actual: what,
      help: unixLineEndings(file.path),
    }
  }
  const missing = !isFile(imageTree(artifact).resolve(interpreter))
    ? interpreter
    : program !== undefined && findInPath(program, artifact) === undefined
      ? program
      : undefined
  if (missing === undefined) return undefined
  return {
    subject: file.path,
    message: `${code(file.path)} is a script for ${code(missing)}, which does not exist in the image`,
    expected: code(missing),
    actual: 'no such file',
    help: 'Install the interpreter in the image, or change the first line of the script to one that exists.',
  }
}

/** AWS's own entry script takes the handler and nothing else; with more or less it ends with status 142. */
function argumentProblem({ argv, file }: StartProgram): Problem | undefined {
  const given = argv.length - 1
  if (file?.path !== AWS_ENTRYPOINT || given === 1) return undefined
  const [, shell, option, line] = argv
  const handler = shell === '/bin/sh' && option === '-c' ? line?.trim() : argv[1]
  return {
    subject: 'CMD',
    message:
      given === 0
        ? `The image sets no CMD: ${code(AWS_ENTRYPOINT)} stops with \`entrypoint requires the handler name to be the first argument\``
        : `CMD has ${given} elements${handler === argv[1] ? '' : ', since its shell form puts `/bin/sh -c` before them'}: ${code(AWS_ENTRYPOINT)} takes exactly one, the handler`,
    expected: 'one element, the handler',
    actual: `${given} elements`,
    help: `Set CMD to the handler, in the exec form.\nCMD ["${given === 0 ? 'index.handler' : handler}"]`,
  }
}
