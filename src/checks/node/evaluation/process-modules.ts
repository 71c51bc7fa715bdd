import { EventEmitter } from 'node:events'
import type { Engine } from './engine.ts'
import { fillFrom, fromJson, get, type Native, namespace } from './natives.ts'
import type { ScriptHost } from './script-host.ts'
import { Died, Thing, Thrown, UNKNOWN, type Value } from './values.ts'

/** Of a process that another one of Node.js has started: Lambda's has none of it. */
const OF_CHILDREN = ['send', 'connected', 'channel', 'disconnect']

/** `process`, in the runtime that the function is for. */
export function processObject(engine: Engine, host: ScriptHost): Thing {
  const { tree } = host
  const { version } = host
  const variables = new Thing(engine.prototypes.object)
  for (const [name, value] of Object.entries(tree.view.environment)) variables.properties.set(name, { value })
  // Who is handed all of them (`tty.getColorDepth(process.env)`, obug) sets none.
  variables.lacks = () => true
  const made = namespace(
    engine,
    {
      cwd: () => host.workingFolder,
      dlopen(_, [module, path]) {
        const text = path instanceof Thing ? path.text : path
        if (typeof text !== 'string') return UNKNOWN
        host.addon(text)
        if (module instanceof Thing) module.properties.set('exports', { value: UNKNOWN })
        return undefined
      },
      exit(_, [code]) {
        if (engine.level > 0) throw new Thrown(UNKNOWN, true, engine.path, engine.at)
        throw new Died(code)
      },
      getBuiltinModule: (_, [name]) => (typeof name === 'string' ? host.builtin(name.replace(/^node:/, '')) : UNKNOWN),
      on: (self) => self,
      once: (self) => self,
      emitWarning: () => undefined,
    },
    {
      platform: 'linux',
      arch: tree.cpu,
      version: version === undefined ? UNKNOWN : `v${version}`,
      versions: versions(engine, host),
      env: variables,
      execPath: host.program,
      argv: engine.array([host.program, '/var/runtime/index.mjs']),
      execArgv: engine.array([]),
      release: fromJson(engine, { name: 'node' }),
      report: report(engine, host),
      config: fromJson(engine, {
        target_defaults: { default_configuration: 'Release' },
        variables: { napi_build_version: String(host.nodeApi) },
      }),
      mainModule: UNKNOWN,
    },
  )
  // As a text it is what packages tell Node.js by.
  made.text = '[object process]'
  for (const name of OF_CHILDREN) made.properties.set(name, { value: undefined, hidden: true })
  // What Node.js does not have is of Electron, bundlers and other runtimes: scripts tell by it where they are.
  fillFrom(fillFrom(made, process), EventEmitter.prototype)
  for (const name of ['config']) openUp(made.properties.get(name)?.value)
  return made
}

function versions(engine: Engine, { tree, version, nodeApi }: ScriptHost): Value {
  const made = fromJson(engine, {
    ...(version && { node: version }),
    ...(tree.abi && { modules: String(tree.abi) }),
    napi: String(nodeApi),
    uv: '1.51.0',
  }) as Thing
  for (const name of ['v8', 'openssl', 'zlib']) made.properties.set(name, { value: UNKNOWN })
  return made
}

/** The report says which libc the process runs on. */
function report(engine: Engine, { tree }: ScriptHost): Value {
  const { libc } = tree.view
  return namespace(
    engine,
    {
      getReport: () => {
        const made = fromJson(engine, {
          header: libc?.family === 'glibc' ? { glibcVersionRuntime: libc.version } : {},
          sharedObjects: libc?.family === 'musl' ? ['/lib/ld-musl-x86_64.so.1'] : ['/lib64/libc.so.6'],
        }) as Thing
        made.opaque = true
        return made
      },
    },
    { excludeNetwork: false },
  )
}

function openUp(value: Value): void {
  if (value instanceof Thing) value.opaque = true
}

export function osModule(engine: Engine, host: ScriptHost): Thing {
  const answer =
    (value: Value): Native =>
    () =>
      value
  const made = namespace(
    engine,
    {
      platform: answer('linux'),
      arch: answer(host.tree.cpu),
      type: answer('Linux'),
      endianness: answer('LE'),
      tmpdir: answer('/tmp'),
      machine: answer(host.tree.cpu === 'arm64' ? 'aarch64' : 'x86_64'),
    },
    { EOL: '\n' },
  )
  // As a text each of them is its answer.
  for (const { value } of made.properties.values())
    if (value instanceof Thing && value.call !== undefined && 'native' in value.call) {
      const text = value.call.native(undefined, [])
      if (typeof text === 'string') value.text = text
    }
  return made
}

/** Programs are not run; what packages ask `ldd` is known. */
export function childProcessModule(engine: Engine, host: ScriptHost): Thing {
  const first = (list: Value) => (list instanceof Thing ? get(engine, list, '0') : undefined)
  const said: Native = (_, [command, list]) => {
    if (typeof command === 'string') host.started(command, first(list))
    if (typeof command !== 'string' || !/\bldd\b/.test(command)) return UNKNOWN
    return /which|command -v/.test(command)
      ? '/usr/bin/ldd'
      : host.tree.libc === 'musl'
        ? 'musl libc'
        : 'ldd (GNU libc)'
  }
  const spawned: Native = (self, given) => {
    const made = fromJson(engine, { status: 0, stderr: '' }) as Thing
    made.opaque = true
    made.properties.set('stdout', { value: said(self, given) })
    return made
  }
  const begun: Native = (_, [program, list]) => {
    if (typeof program === 'string') host.started(program, first(list))
    return UNKNOWN
  }
  const spawn: Native = (_, [program, list]) => {
    const child = typeof program === 'string' ? host.spawned(program, first(list)) : undefined
    if (child === undefined) return UNKNOWN
    const listen: Native = (self, [event]) => {
      if (event === 'error' || event === UNKNOWN) child.hasListener = true
      return self
    }
    return namespace(engine, { on: listen, once: listen, addListener: listen })
  }
  return namespace(engine, {
    execSync: said,
    execFileSync: said,
    spawnSync: spawned,
    spawn,
    execFile: begun,
  })
}
