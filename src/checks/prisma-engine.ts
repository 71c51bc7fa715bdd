import { posix } from 'node:path'
import type { Check, Finding, Subject } from './check.ts'
import { examplesOf, groupBy } from './facts/examples.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { userScope } from './facts/user-scope.ts'
import { code } from './facts/wording.ts'

const ID = 'prisma-engine'
const ENGINE = /^(?:libquery_engine|query_engine|query-engine)-(.+?)(?:\.so\.node|\.dylib\.node|\.dll\.node|\.exe)?$/

export const prismaEngine: Check = {
  id: ID,
  title: "Prisma's engine is the one for the runtime's system",
  appliesTo: () => true,
  run(subject) {
    const scope = userScope(subject)
    const engines = imageTree(subject.artifact)
      .sought('prismaEngines')
      .flatMap((entry) => {
        const [, target] = ENGINE.exec(posix.basename(entry.path)) ?? []
        return isFile(entry) && target !== undefined && scope.adds(entry.path) ? [{ path: entry.path, target }] : []
      })
    // The generated client looks beside itself; engines that npm downloaded are for generating.
    const clients = groupBy(
      engines.filter(({ path }) => !/\/@prisma\/engines\//.test(path)),
      ({ path }) => posix.dirname(path),
    )
    const open: string[] = []
    const findings = runtimeViews(subject).flatMap((view) => {
      const wanted = wantedTargets(view, subject)
      if (wanted === undefined && clients.size > 0)
        open.push(`which engine Prisma takes in ${view.reference} is not known`)
      if (wanted === undefined) return []
      return [...clients].flatMap(([folder, all]) => finding(folder, all, wanted, view))
    })
    return { findings, ...(open.length === 0 ? {} : { notChecked: [...new Set(open)].join('; ') }) }
  },
}

/** As Prisma names platforms: distribution family, OpenSSL, and on arm64 the processor instead of the distribution. */
function wantedTargets({ os, libc, tools, tree }: RuntimeView, { plan }: Subject): readonly string[] | undefined {
  const openssl =
    opensslOf(tools.openssl) ??
    (tree.resolve('/lib64/libssl.so.3') !== undefined ? '3.0.x' : byRelease(os?.id, os?.versionId))
  if (openssl === undefined) return undefined
  if (libc?.family === 'musl')
    return plan.architecture === 'arm64'
      ? [`linux-musl-arm64-openssl-${openssl}`]
      : [`linux-musl-openssl-${openssl}`, 'linux-musl']
  if (plan.architecture === 'arm64') return [`linux-arm64-openssl-${openssl}`]
  const family =
    os === undefined
      ? undefined
      : /^(?:amzn|rhel|fedora|centos|rocky|almalinux|ol)$/.test(os.id)
        ? 'rhel'
        : /^(?:debian|ubuntu)$/.test(os.id)
          ? 'debian'
          : undefined
  return family === undefined ? undefined : [`${family}-openssl-${openssl}`]
}

/** Prisma counts OpenSSL 3 as one, older ones by their second number. */
function opensslOf(version: string | undefined): string | undefined {
  if (version === undefined) return undefined
  return version.startsWith('3.') ? '3.0.x' : /^1\.[01]/.exec(version)?.[0].concat('.x')
}

function byRelease(id: string | undefined, version: string | undefined): string | undefined {
  if (id !== 'amzn') return undefined
  return version === '2023' ? '3.0.x' : version === '2' ? '1.0.x' : undefined
}

function finding(
  folder: string,
  engines: readonly { readonly path: string; readonly target: string }[],
  wanted: readonly string[],
  { confidence }: RuntimeView,
): readonly Finding[] {
  if (engines.some(({ target }) => wanted.includes(target))) return []
  const targets = [...new Set(engines.map(({ target }) => target))].sort()
  return [
    {
      rule: ID,
      level: 'error',
      confidence,
      subject: folder,
      owner: 'pkg:npm/%40prisma/client',
      message: `Prisma's client has engines for ${targets.map(code).join(', ')} and looks for ${wanted.slice(0, 1).map(code).join('')}: the first query fails (\`Query engine library … not found\`)`,
      expected: wanted.join(' or '),
      actual: targets.join(', '),
      help: `Name the target in the schema and generate the client again.\ngenerator client {\n  provider      = "prisma-client-js"\n  binaryTargets = ["native", "${wanted[0] ?? ''}"]\n}`,
      ...examplesOf(engines.map(({ path }) => path)),
    },
  ]
}
