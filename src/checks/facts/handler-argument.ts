import { posix } from 'node:path'
import type { Evidence } from '../../inspect/evidence.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import type { Subject } from '../check.ts'
import { imageTree } from './image-tree.ts'
import { AWS_ENTRYPOINT, startProgram } from './start-program.ts'

/** The handler as the image's start command hands it to a language's runtime or runtime interface client. */
export type HandlerArgument =
  | { readonly family: Runtime['family']; readonly handler: string }
  /** A client is started without a handler. */
  | { readonly family: Runtime['family']; readonly handler: undefined }
  /** Why it cannot be told. */
  | { readonly unknown: string }

// Names under which the clients are installed: PyPI awslambdaric, npm aws-lambda-ric, RubyGems aws_lambda_ric.
const CLIENTS: readonly (readonly [RegExp, Runtime['family']])[] = [
  [/(?:^|\/)awslambdaric(?:\/__main__\.py)?$/, 'python'],
  [/(?:^|\/)aws-lambda-ric(?:\/.*)?$/, 'nodejs'],
  [/(?:^|\/)aws_lambda_ric(?:\.rb)?$/, 'ruby'],
]

/**
 * What names the handler: the argument of AWS's entry script, or that of a runtime interface client. `undefined` when
 * the program itself is the function (Go, Rust), which needs no handler.
 */
export function handlerArgument({ artifact, plan, runtimes }: Subject): HandlerArgument | undefined {
  const program = startProgram(artifact)
  if (program?.file === undefined) return undefined
  const { argv, file } = program
  if (file.path === AWS_ENTRYPOINT) {
    const family = plan.runtime?.family ?? runtimes[0]?.runtime?.family ?? languageOf(artifact)
    if (argv[1] === undefined) return undefined
    return family === undefined ? { unknown: 'the language of the image is not known' } : { family, handler: argv[1] }
  }
  for (const [pattern, family] of CLIENTS) {
    const at = argv.findIndex((word) => pattern.test(word))
    if (at !== -1) return { family, handler: argv[at + 1] }
  }
  const isScript = artifact.firstLines[file.path] !== undefined
  if (!isScript || artifact.image?.command.length === 0) return undefined
  return { unknown: `${posix.basename(file.path)} is a script: what it starts is told by the smoke` }
}

const LANGUAGES: readonly (readonly [RegExp, Runtime['family']])[] = [
  [/^\/var\/lang\/bin\/node$/, 'nodejs'],
  [/^\/var\/lang\/bin\/python3\.\d+$/, 'python'],
  [/^\/var\/lang\/bin\/ruby$/, 'ruby'],
  [/^\/var\/lang\/bin\/java$/, 'java'],
  [/^\/var\/lang\/bin\/dotnet$/, 'dotnet'],
]

/** The language of an AWS base image, by its interpreter. */
function languageOf(artifact: Evidence): Runtime['family'] | undefined {
  const paths = imageTree(artifact)
    .childrenOf('/var/lang/bin')
    .map(({ path }) => path)
  return LANGUAGES.find(([pattern]) => paths.some((path) => pattern.test(path)))?.[1]
}
