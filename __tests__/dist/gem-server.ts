import { createHash } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { docker } from './world.ts'

/** A gem by the files of its folder; `extension` is the text of its C file. */
export type Gem = {
  readonly name: string
  readonly version: string
  readonly files: Readonly<Record<string, string>>
  /** Lines of the gemspec beside name, version, files. */
  readonly specification?: readonly string[]
}

/**
 * Builds gems with `gem build` in an image, and lays them out as a gem index that Bundler reads
 * (https://guides.rubygems.org/rubygems-org-compact-index-api/): `versions`, `info/<gem>`, `gems/<file>`.
 */
export async function buildGems(folder: string, image: string, gems: readonly Gem[]): Promise<void> {
  await mkdir(join(folder, 'index/gems'), { recursive: true })
  await mkdir(join(folder, 'index/info'), { recursive: true })
  for (const gem of gems) {
    const files = { ...gem.files, 'gem.gemspec': gemspec(gem) }
    for (const [name, text] of Object.entries(files)) await put(join(folder, fullName(gem), name), text)
  }
  const build = gems.map(
    (gem) => `(cd /gems/${fullName(gem)} && gem build -q gem.gemspec && mv *.gem /gems/index/gems/)`,
  )
  const user = ['--user', `${process.getuid?.()}:${process.getgid?.()}`, '--env', 'HOME=/tmp']
  await docker(
    'run',
    '--rm',
    ...user,
    '--volume',
    `${folder}:/gems`,
    '--entrypoint',
    '/bin/sh',
    image,
    '-ec',
    build.join('\n'),
  )
  await index(join(folder, 'index'), gems)
}

const fullName = ({ name, version }: Gem) => `${name}-${version}`

function gemspec({ name, version, files, specification = [] }: Gem): string {
  const lines = [
    `s.name = ${JSON.stringify(name)}`,
    `s.version = ${JSON.stringify(version)}`,
    `s.files = ${JSON.stringify(Object.keys(files))}`,
    "s.summary = 'a gem of a test'",
    "s.authors = ['nobody']",
    "s.license = 'MIT'",
    "s.homepage = 'https://gems.example'",
    ...specification,
  ]
  return `Gem::Specification.new do |s|\n${lines.map((line) => `  ${line}\n`).join('')}end\n`
}

async function index(folder: string, gems: readonly Gem[]): Promise<void> {
  const lines: string[] = []
  for (const name of new Set(gems.map((gem) => gem.name))) {
    const versions = gems.filter((gem) => gem.name === name)
    const infos = await Promise.all(versions.map((gem) => info(folder, gem)))
    const text = `---\n${infos.join('')}`
    await put(join(folder, 'info', name), text)
    const digest = createHash('md5').update(text).digest('hex')
    lines.push(`${name} ${versions.map(({ version }) => version).join(',')} ${digest}\n`)
  }
  await put(join(folder, 'versions'), `created_at: 2026-01-01T00:00:00Z\n---\n${lines.join('')}`)
}

async function info(folder: string, gem: Gem): Promise<string> {
  const content = await readFile(join(folder, 'gems', `${fullName(gem)}.gem`))
  const needs = (gem.specification ?? []).flatMap((line) => {
    const [, name] = /add_dependency '([^']+)'/.exec(line) ?? []
    return name === undefined ? [] : [`${name}:>= 0`]
  })
  return `${gem.version} ${needs.join(',')}|checksum:${createHash('sha256').update(content).digest('hex')}\n`
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** Serves the index to other containers until it is disposed. */
export async function serveGems(folder: string, image: string): Promise<AsyncDisposable & { readonly url: string }> {
  for (const name of await readdir(folder)) await chmod(join(folder, name), 0o755)
  const serve = ['python3', '-m', 'http.server', '--directory', '/index', '8000']
  const mount = ['--volume', `${join(folder, 'index')}:/index:ro`, '--label', 'lambda-parity.lab=true']
  const id = await docker('run', '--detach', '--rm', ...mount, '--entrypoint', serve[0] ?? '', image, ...serve.slice(1))
  const address = await docker('inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', id)
  return {
    url: `http://${address}:8000/`,
    async [Symbol.asyncDispose]() {
      await docker('rm', '--force', '--volumes', id)
    },
  }
}
