import { posix } from 'node:path'
import type { Runtime } from '../../lambda/runtimes.ts'

/** Where a language's runtime looks for a handler's file, in its order; absolute paths. */
export type HandlerFiles = { readonly module: string; readonly tried: readonly string[] }

/** `undefined` for a handler that names no function (`index` without a dot), which every runtime refuses. */
type Resolve = (handler: string, folder: string) => HandlerFiles | undefined

/**
 * Per language, as its runtime interface client resolves (aws-lambda-nodejs-runtime-interface-client UserFunction,
 * awslambdaric bootstrap, aws_lambda_ric lambda_handler). Java and .NET handlers name a class, not a file.
 */
export const HANDLER_FILES: Readonly<Partial<Record<Runtime['family'], Resolve>>> = {
  /** `dist/app.lambda.handler`: the module's name ends at the first dot of the last part. */
  nodejs(handler, folder) {
    const [, root = '', module, name] = /^(.*\/)?([^./]*)\.([^/]+)$/.exec(handler) ?? []
    if (module === undefined || name === undefined) return undefined
    return withEndings(posix.resolve(folder, root, module), ['', '.js', '.mjs', '.cjs', '/index.js'])
  },
  /** `pkg/app.handler` and `pkg.app.handler` are one module; its name ends at the last dot. */
  python(handler, folder) {
    const [, module] = /^(.+)\.[^./]+$/.exec(handler) ?? []
    if (module === undefined) return undefined
    return withEndings(posix.resolve(folder, module.replace(/^\//, '').replaceAll('.', '/')), [
      '.py',
      '/__init__.py',
      '.pyc',
    ])
  },
  /** `file.method` and `file.Class.method`. */
  ruby(handler, folder) {
    const [, file] = /^([^.]+)\..+$/.exec(handler) ?? []
    return file === undefined ? undefined : withEndings(posix.resolve(folder, file), ['.rb', '.so'])
  },
}

function withEndings(module: string, endings: readonly string[]): HandlerFiles {
  return { module, tried: endings.map((ending) => module + ending) }
}
