import type { RubyGem } from '../inspect/ruby/ruby-file.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { Check, Finding } from './check.ts'
import { examplesOf } from './facts/examples.ts'
import { imageTree } from './facts/image-tree.ts'
import { type RuntimeView, runtimeViews } from './facts/runtime-view.ts'
import { code, counted } from './facts/wording.ts'
import { absentDependencies } from './ruby/absent-dependencies.ts'
import { type GemHome, gemFolder, gemHomes, mayRunRuby, rubyApi, rubyPlatform } from './ruby/gem-home.ts'
import { bundlerPlatform, isForPlatform } from './ruby/gem-platform.ts'

const ID = 'ruby-layout'

export const rubyLayout: Check = {
  id: ID,
  title: "Gems are for the runtime's Ruby and platform",
  appliesTo: () => true,
  run(subject) {
    const homes = gemHomes(subject)
    if (homes.length === 0) return { findings: [] }
    const open: string[] = []
    const native = [...imageTree(subject.artifact).entries.keys()].filter((path) => COMPILED.test(path))
    const known = new Set(runtimeViews(subject).flatMap((view) => rubyApi(view) ?? []))
    const views = runtimeViews(subject).filter(mayRunRuby)
    const findings = views.flatMap((view) => {
      const api = rubyApi(view)
      if (api === undefined) {
        open.push(`which Ruby runs the gems in ${view.reference} is not known`)
        return []
      }
      const found = homes.flatMap((home) => {
        if (home.api !== undefined && home.api !== api) {
          const lost = lostGems(home, homes, { api, known })
          return lost.length === 0 ? [] : [otherRuby({ ...home, gems: lost }, api, view)]
        }
        return home.gems.flatMap((gem) =>
          gemFindings(gem, home, api, { view, native, architecture: subject.plan.architecture }),
        )
      })
      return [
        ...found,
        ...absentDependencies(
          homes.filter((home) => (home.api ?? api) === api),
          view,
        ),
      ]
    })
    return { findings, ...(open.length === 0 ? {} : { notChecked: [...new Set(open)].join('; ') }) }
  },
}

type Rubies = { readonly api: string; readonly known: ReadonlySet<string> }

/** Gems that this Ruby has no copy of: a layer for several runtimes has a folder for each, and nobody misses a gem there. */
function lostGems(home: GemHome, homes: readonly GemHome[], { api, known }: Rubies): readonly RubyGem[] {
  const own = homes.filter((one) => one.api === api).flatMap(({ gems }) => gems.map(({ name }) => name))
  if (own.length > 0 && home.api !== undefined && known.has(home.api)) return []
  return home.gems.filter(({ name }) => !own.includes(name))
}

function otherRuby(home: GemHome, api: string, view: RuntimeView): Finding {
  return {
    rule: ID,
    level: 'error',
    confidence: view.confidence,
    subject: home.path,
    message: `${counted(home.gems.length, 'gem')} in ${code(home.path)} ${home.gems.length === 1 ? 'is' : 'are'} for Ruby ${home.api}, and ${code(view.runtime?.id ?? view.reference)} looks in ${code(api)}: ${code('require')} does not find ${home.gems.length === 1 ? 'it' : 'them'}`,
    expected: code(home.path.replace(/[^/]+$/, api)),
    actual: code(home.path),
    help: `Install the gems with the runtime's Ruby: native ones are compiled for one.\ndocker run --rm -v "$PWD":/src -w /src public.ecr.aws/sam/build-${view.runtime?.id ?? 'ruby3.4'} sh -c 'bundle config set --local path out && bundle install && mkdir -p ruby/gems && cp -r out/ruby/* ruby/gems/'`,
    ...examplesOf(home.gems.map(({ name, version }) => `${name} ${version}`)),
  }
}

// What compiling leaves: extensions, and folders that RubyGems keeps per platform and Ruby.
const COMPILED = /\/extensions\/|\.(?:so|bundle)$/

type Where = { readonly view: RuntimeView; readonly native: readonly string[]; readonly architecture: Architecture }

function gemFindings(
  gem: RubyGem,
  home: GemHome,
  api: string,
  { view, native, architecture }: Where,
): readonly Finding[] {
  const folder = gemFolder(home, gem)
  const others = home.gems.filter(({ name }) => name === gem.name)
  if (!isForPlatform(gem.platform, architecture, view.libc?.family)) {
    if (others.some(({ platform }) => isForPlatform(platform, architecture, view.libc?.family))) return []
    return [
      {
        ...facts(gem, folder, view),
        message: `The gem ${code(gem.name)} is the one for ${code(gem.platform)}, and there is none for Linux on ${code(architecture)}: its native code does not load`,
        expected: code(bundlerPlatform(architecture)),
        actual: code(gem.platform),
        help: `Lock the function's platform and install again.\nbundle lock --add-platform ${bundlerPlatform(architecture)}`,
      },
    ]
  }
  const minors = compiledFor(folder, native)
  const minor = api.replace(/\.\d+$/, '')
  if (minors.length > 0 && !minors.includes(minor)) {
    return [
      {
        ...facts(gem, folder, view),
        message: `The gem ${code(gem.name)} ${gem.version} brings native code for Ruby ${minors.join(', ')} and none for ${minor}`,
        expected: `Ruby ${minor}`,
        actual: `Ruby ${minors.join(', ')}`,
        help: `Take a version that supports Ruby ${minor}, or compile it in the runtime's build image.\nbundle config set force_ruby_platform true`,
      },
    ]
  }
  const extensions = extensionFolders(home, gem, native)
  const own = rubyPlatform(view, bundlerPlatform(architecture).replace(/-linux$/, ''), api)
  // RubyGems ignores a gem that was compiled, and not for this platform and Ruby (`-static`: without libruby.so).
  const wanted = (name: string) => {
    const [platform = '', compiled = ''] = name.split('/')
    if (!isComplete(home, gem, name, native)) return false
    const fits = own === undefined ? isForPlatform(platform, architecture, view.libc?.family) : platform === own
    return fits && compiled.replace(/-static$/, '') === api
  }
  if (gem.extensions && !extensions.some(wanted)) {
    const place = `extensions/${own ?? bundlerPlatform(architecture)}/${api}`
    const isHere = extensions.length === 0 || place.endsWith(`/${extensions.join()}`)
    return [
      {
        ...facts(gem, folder, view),
        message: isHere
          ? `The gem ${code(gem.name)} has native code to compile, and nothing shows that it was compiled: RubyGems ignores it (\`its extensions are not built\`)`
          : `The gem ${code(gem.name)} was compiled for ${extensions.map(code).join(', ')}: Ruby ${minor} for Linux on ${code(architecture)} needs its own, and ignores this one`,
        expected: code(isHere ? `${place}/${gem.name}-${gem.version}/${COMPLETE}` : place),
        actual: isHere ? 'no such file' : extensions.map((name) => code(`extensions/${name}`)).join(', '),
        help: `Install the gems in the runtime's build image for the function's architecture.\ndocker run --rm --platform linux/${architecture === 'arm64' ? 'arm64' : 'amd64'} -v "$PWD":/src -w /src public.ecr.aws/sam/build-${view.runtime?.id ?? 'ruby3.4'} sh -c 'bundle config set --local path out && bundle install && mkdir -p ruby/gems && cp -r out/ruby/* ruby/gems/'`,
      },
    ]
  }
  return []
}

/** What RubyGems writes when all extensions of a gem were compiled, and looks for. */
const COMPLETE = 'gem.build_complete'

function isComplete(home: GemHome, { name, version }: RubyGem, built: string, paths: readonly string[]): boolean {
  return paths.includes(`${home.path}/extensions/${built}/${name}-${version}/${COMPLETE}`)
}

/** `3.2`, `3.3` of `lib/nokogiri/3.3/nokogiri.so`: precompiled gems have a folder per Ruby (rake-compiler-dock). */
function compiledFor(folder: string, paths: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const path of paths) {
    if (!path.startsWith(`${folder}/lib/`)) continue
    const [, minor] = /\/(\d+\.\d+)\/[^/]+\.(?:so|bundle)$/.exec(path) ?? []
    if (minor !== undefined) found.add(minor)
  }
  return [...found].sort()
}

/** `x86_64-linux/3.3.0` of `extensions/x86_64-linux/3.3.0/json-2.7.1`. */
function extensionFolders(home: GemHome, { name, version }: RubyGem, paths: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const path of paths) {
    if (!path.startsWith(`${home.path}/extensions/`)) continue
    const [platform, api, gem] = path.slice(home.path.length + '/extensions/'.length).split('/')
    if (gem === `${name}-${version}`) found.add(`${platform}/${api}`)
  }
  return [...found].sort()
}

function facts({ name }: RubyGem, folder: string, view: RuntimeView) {
  return {
    rule: ID,
    level: 'error',
    confidence: view.confidence,
    subject: folder,
    owner: `pkg:gem/${name}`,
    count: 1,
    examples: [folder],
  } as const
}
