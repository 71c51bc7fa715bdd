import type { StandInName } from '../../lab/images/stand-ins.ts'
import type { Compilation } from './programs/compilation.ts'
import type { Jar } from './programs/jar.ts'

/** What the registries had on this day is what gets installed, dependencies included. */
export const AS_OF = '2026-11-15T00:00:00Z'

/** A runtime that layers are tried in: Lambda's identifier, and the lab's image that stands for it. */
export type CorpusRuntime = {
  readonly name: string
  readonly id: `python3.${9 | 11 | 13}` | `nodejs${20 | 22 | 24}.x` | 'provided.al2023' | 'provided.al2' | 'java17'
  /** Absent: the machine's own Java executes, and our table says what is in the runtime. */
  readonly image?: StandInName
}

export const RUNTIMES = {
  'python3.11': { name: 'python3.11', id: 'python3.11', image: 'lambda/python:3.11' },
  'python3.13': { name: 'python3.13', id: 'python3.13', image: 'lambda/python:3.13' },
  'python3.9': { name: 'python3.9', id: 'python3.9', image: 'lambda/python:3.9' },
  'nodejs22.x': { name: 'nodejs22.x', id: 'nodejs22.x', image: 'lambda/nodejs:22' },
  'nodejs20.x': { name: 'nodejs20.x', id: 'nodejs20.x', image: 'lambda/nodejs:20' },
  'nodejs24.x': { name: 'nodejs24.x', id: 'nodejs24.x', image: 'lambda/nodejs:24' },
  'nodejs22.x-bullseye': { name: 'nodejs22.x-bullseye', id: 'nodejs22.x', image: 'lambda/nodejs:22-bullseye' },
} as const satisfies Readonly<Record<string, CorpusRuntime>>

export type RuntimeName = keyof typeof RUNTIMES

/** Of bootstraps and jars, which the sweep has none of. An OS-only base is stood for by its system alone. */
export const OTHER_RUNTIMES = {
  'provided.al2023': { name: 'provided.al2023', id: 'provided.al2023', image: 'lambda/nodejs:22' },
  'provided.al2': { name: 'provided.al2', id: 'provided.al2', image: 'lambda/nodejs:22-bullseye' },
  java17: { name: 'java17', id: 'java17' },
} as const satisfies Readonly<Record<string, CorpusRuntime>>

/** A package as a user asks for it, and what shows that it works. */
export type CorpusPackage = {
  /** As on the command line of pip or npm; several separated by blanks. */
  readonly requirement: string
  /** What a function imports or requires: all of them must work. Of a jar, a Java statement. */
  readonly modules: readonly string[]
  /** One statement without which there is nothing to do with the package (`PIL.Image`, `lxml.etree`): Python, or an expression of JavaScript. */
  readonly used?: string
  /** One statement that needs one part of several, or a dependency that is not always asked for: `lz4.frame`, `authlib.jose`. */
  readonly part?: string
  /** pip: versions that are installed whatever the others require, as pins and `--no-deps` give them; separated by blanks. */
  readonly overrides?: string
  /**
   * pip: another install in the same folder before it. `kept` as `pip install --target` does without `--upgrade`, which
   * takes what is there for installed, entry by entry; `laid-over` as two layers, or a folder that nobody emptied: new
   * files over old ones.
   */
  readonly before?: { readonly requirement: string; readonly and: 'kept' | 'laid-over' }
  /** pip's marks (REQUESTED) for what was asked for only, in place of uv's for everything. */
  readonly marked?: 'requested'
}

/** How pip chooses wheels. */
export type PythonChoice = { readonly python: string; readonly platform: string }
/** How npm chooses among optional packages of other systems. */
export type NpmChoice = {
  readonly os: 'linux' | 'darwin' | 'win32'
  readonly cpu: 'x64' | 'arm64'
  readonly libc?: 'glibc' | 'musl'
  readonly optional?: false
  /** Packages in a store of their own, and links to them, instead of npm's folders. */
  readonly by?: 'pnpm'
  /** npm puts every package below the one that requires it, as an `.npmrc` may ask for. */
  readonly nested?: true
  /** Install scripts run and compile what they would download, for this release of Node.js. */
  readonly compiledBy?: '20' | '22' | '24'
}

/** What became of a good install afterwards. */
export type Damage =
  /** Folders of private libraries that auditwheel makes. */
  | 'private-libraries-deleted'
  /** Every native file of the requested package. */
  | 'native-files-deleted'
  /** The requested package's largest native file. */
  | 'largest-deleted'
  | 'largest-halved'
  | 'largest-emptied'
  | 'largest-git-lfs'
  /** As long as before, and nothing but zero bytes: what a broken download or disk leaves. */
  | 'largest-zeroed'
  /** The requested package's smallest native file. */
  | 'smallest-deleted'
  /** npm: the first package that the requested one depends on, as pruning by hand leaves it. */
  | 'dependency-deleted'
  /** npm: the file that `require` of the requested package loads. */
  | 'entry-deleted'
  /** npm: the first script that this file loads from its own package. */
  | 'script-deleted'
  /** npm: folders of binaries for the function's platform. */
  | 'prebuilds-pruned'
  /** pip: the largest package that the requested ones require, as with `--no-deps`. */
  | 'requirement-deleted'
  /** pip: everything that was not asked for by name, as `--no-deps` leaves it. */
  | 'no-deps'
  /** pip: the requested package's native files and their lines in its RECORD, as its sources have it when nobody compiles them. */
  | 'uncompiled'
  /** pip: folders of tests, as people exclude them. */
  | 'tests-deleted'
  /** pip: sources compiled beside themselves, and deleted. */
  | 'bytecode-only'
  /** pip: every native file by `strip`. */
  | 'stripped'
  /** npm: what careless lists of exclusions match (`*.node`; `*.md`, `*.ts`, `test`, `docs`; `src`; `build`) in any package. */
  | 'addons-excluded'
  | 'documents-excluded'
  | 'sources-excluded'
  | 'build-excluded'
  /** npm: packages for one system alone. */
  | 'platform-packages-deleted'
  /** npm: every file of the requested packages with mode 0700, as a strict umask leaves them. */
  | 'private-modes'
  /** npm: the same of their native files alone. */
  | 'private-addons'
  /** npm: one file that nothing loads. */
  | 'private-license'
  /** npm: in the folder of this release of Node.js, which Lambda adds for it. */
  | 'in-node22'
  /** npm: in the folder of another release. */
  | 'in-node20'
  /** pip: every `.dist-info`, as tools that save space do. */
  | 'metadata-deleted'

/** One layer: how it is installed, what is done to it, in which runtime it is tried. `id` is its folder. */
export type Install = {
  readonly id: string
  readonly runtime: CorpusRuntime
  readonly package: CorpusPackage
  readonly variant: string
  readonly choice:
    | ({ readonly tool: 'pip' } & PythonChoice)
    | ({ readonly tool: 'npm' } & NpmChoice)
    | ({ readonly tool: 'compiler' } & Compilation)
    | ({ readonly tool: 'mvn' } & Jar)
  readonly damage?: Damage
}
