// Requires each package in a process of its own. Arguments: seconds per package, then names; a name that begins with
// `use:` is an expression. Prints one JSON object: name -> {"ok": true} or {"type", "text"}.
const { spawnSync } = require('node:child_process')
const { readdirSync, existsSync } = require('node:fs')
const { join } = require('node:path')
const { compileFunction } = require('node:vm')

const MODULES = '/opt/nodejs/node_modules'

if (process.env.CORPUS_ONE !== undefined) void one(process.env.CORPUS_ONE)
else all(Number(process.argv[2]), process.argv.slice(3))

function all(seconds, wanted) {
  const results = {}
  for (const name of new Set([...wanted, ...withNativeFiles()])) {
    const child = spawnSync(process.execPath, [__filename], {
      env: { ...process.env, CORPUS_ONE: name },
      timeout: seconds * 1000,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      maxBuffer: 1e6,
    })
    const answer = child.output?.[3] ?? ''
    results[name] = answer
      ? JSON.parse(answer)
      : child.error?.code === 'ETIMEDOUT'
        ? { type: 'timeout', text: `${seconds} seconds` }
        : { type: 'died', text: child.signal ?? `exit status ${child.status}` }
  }
  console.log(JSON.stringify(results))
}

async function one(name) {
  const { writeSync } = require('node:fs')
  const answer = (value) => {
    writeSync(3, JSON.stringify(value))
    process.exit(0)
  }
  const failed = (error) => answer({ type: error?.code ?? error?.name ?? 'Error', text: describe(error) })
  process.on('uncaughtException', failed)
  process.on('unhandledRejection', failed)
  try {
    if (name.startsWith('use:')) await compileFunction(`return (${name.slice(4)})`, ['require'])(require)
    else await load(name)
    answer({ ok: true })
  } catch (error) {
    failed(error)
  }
}

async function load(name) {
  try {
    require(name)
  } catch (error) {
    // Packages for `import` only.
    if (!['ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE'].includes(error?.code))
      throw error
    await import(moduleFile(name))
  }
}

function moduleFile(name) {
  const { pathToFileURL } = require('node:url')
  const folder = join(MODULES, name)
  const { exports: exported, module: entry, main } = require(join(folder, 'package.json'))
  const file = target(exported?.['.'] ?? exported) ?? entry ?? main ?? 'index.js'
  return pathToFileURL(join(folder, file)).href
}

function target(value) {
  if (typeof value === 'string') return value
  if (value === null || typeof value !== 'object') return undefined
  return target(value.node) ?? target(value.import) ?? target(value.default)
}

function describe(error) {
  const parts = []
  for (let at = error; at !== undefined && at !== null && parts.length < 4; at = at.cause)
    parts.push(
      String(at?.stack ?? at)
        .split('\n    at ')[0]
        .slice(0, 1000),
    )
  return parts.join('\n<- ')
}

/** Packages at the top that hold a native file. */
function withNativeFiles() {
  if (!existsSync(MODULES)) return []
  const names = readdirSync(MODULES).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(MODULES, name)).map((inner) => `${name}/${inner}`)
      : name.startsWith('.')
        ? []
        : [name],
  )
  return names
    .filter((name) => {
      try {
        return readdirSync(join(MODULES, name), { recursive: true }).some((file) => file.endsWith('.node'))
      } catch {
        return false
      }
    })
    .slice(0, 30)
}
