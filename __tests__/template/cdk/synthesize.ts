import { cp, mkdtemp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from '../../../lab/process/command.ts'
import { cdkLibrary, LIBRARY, type Library, OLD_LIBRARY } from './library.ts'

/** One synthesis whose assembly is a fixture of the same name. */
export type Synthesis = {
  readonly name: string
  /** Path of the app in this repository. */
  readonly app: string
  readonly library: Library
  /** With the context that `cdk synth` sets by default: construct and asset paths in the templates. */
  readonly cli: boolean
}

const own = (name: string, cli: boolean, library: Library = LIBRARY): Synthesis => ({
  name: library === LIBRARY ? name : `${name}-${library['aws-cdk-lib']}`,
  app: `__tests__/template/cdk/apps/${name}.mjs`,
  library,
  cli,
})

export const SYNTHESES: readonly Synthesis[] = [
  own('images', true),
  own('registry', false),
  own('layers', false),
  own('nested', false),
  own('nested', false, OLD_LIBRARY),
  own('stages', true),
  own('synthesizers', true),
  { name: 'example', app: 'examples/cdk/app.mjs', library: LIBRARY, cli: true },
]

// What the command line adds (aws-cdk-cli, toolkit-lib: prepareContext).
const CLI_CONTEXT = { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true }
const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * Runs one app as `cdk synth` does and gives the folder of its assembly to `use`; the folder is gone afterwards. The app
 * is copied beside the library, where it finds it as an app of its own project would.
 */
export async function withAssembly<T>(
  { app, library, cli, env }: Omit<Synthesis, 'name'> & { readonly env?: Readonly<Record<string, string>> },
  use: (assembly: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(await cdkLibrary(library), 'app-'))
  try {
    const source = join(REPOSITORY, app)
    await cp(join(source, '..'), folder, { recursive: true })
    await run(process.execPath, [basename(source)], {
      cwd: folder,
      env: { CDK_OUTDIR: 'cdk.out', CDK_CONTEXT_JSON: JSON.stringify(cli ? CLI_CONTEXT : {}), ...env },
    })
    return await use(join(folder, 'cdk.out'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
