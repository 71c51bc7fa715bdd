import { LAMBDA_PARITY_JARS } from './java/lambda-parity-jars.ts'
import { RUBY } from './ruby-handler.ts'

/**
 * A function that loads packages, each in a process of its own with the function's search path, and tells how each went.
 * `content` is its file, in /var/task. Of Java it is jars, in one process. The event has `packages`, and `seconds` that each
 * may take, or `jars`; import-results.ts has the answer.
 */
export type ImportHandler = { readonly file: string; readonly handler: string; readonly content: Buffer }

// Where the message is a text of many lines (numpy's), what it came from says more.
const PYTHON_LOAD = `
import importlib, json, os, sys

def lines(error):
    return str(error).strip().splitlines() or ['']

try:
    importlib.import_module(sys.argv[1])
except BaseException as error:
    telling = error
    while len(lines(telling)) > 1 and (telling.__cause__ or telling.__context__):
        telling = telling.__cause__ or telling.__context__
    with os.fdopen(int(sys.argv[2]), 'w') as told:
        json.dump({'type': type(error).__name__, 'message': lines(telling)[0]}, told)
    raise
`

const PYTHON = `import json, os, subprocess, sys, tempfile, time

LOAD = ${JSON.stringify(PYTHON_LOAD)}

def handler(event, context):
    path = os.pathsep.join(folder for folder in sys.path if folder)
    environment = dict(os.environ, PYTHONPATH=path, PYTHONDONTWRITEBYTECODE='1')
    return [load(name, environment, event['seconds']) for name in event['packages']]

def load(name, environment, seconds):
    started = time.monotonic()
    with tempfile.TemporaryFile() as told:
        try:
            done = subprocess.run([sys.executable, '-c', LOAD, name, str(told.fileno())], env=environment, cwd='/tmp', timeout=seconds,
                                  pass_fds=[told.fileno()], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except subprocess.TimeoutExpired as late:
            error = {'type': 'Timeout', 'message': 'it does not end within %d s' % seconds, 'log': (late.stdout or b'').decode('utf-8', 'replace')[-4000:]}
            return {'name': name, 'millis': round((time.monotonic() - started) * 1000), 'error': error}
        told.seek(0)
        raised = told.read().decode('utf-8', 'replace')
    log = done.stdout.decode('utf-8', 'replace')[-4000:]
    result = {'name': name, 'millis': round((time.monotonic() - started) * 1000)}
    if done.returncode < 0:
        result['error'] = {'type': 'Signal', 'message': 'ended by signal %d' % -done.returncode, 'log': log}
    elif raised:
        result['error'] = dict(json.loads(raised), log=log)
    elif done.returncode != 0:
        result['error'] = {'type': 'ImportError', 'message': 'it ended the process with exit status %d' % done.returncode, 'log': log}
    return result
`

// A package of ES modules only is loaded by the path of its entry: import does not look into NODE_PATH. So is one that
// has an entry for import and refuses require (Vitest); when that fails too, the refusal tells more. What has been loaded and
// goes on by itself (a timer, a connection) is ended.
const NODE_LOAD = `
const name = process.argv[1]
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')
const { existsSync, readFileSync } = require('node:fs')
const entry = (exports) => typeof exports === 'string' ? exports : Array.isArray(exports) ? entry(exports[0])
  : exports && typeof exports === 'object' ? entry(exports['.'] ?? exports.node ?? exports.import ?? exports.default) : undefined
const folder = () => process.env.NODE_PATH.split(':').map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')))
const loaded = () => setTimeout(() => process.exit(0), 1000).unref()
try { require(name); loaded() } catch (error) {
  const place = folder()
  const { exports, main } = place ? JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) : {}
  const isRefused = ['ERR_REQUIRE_ESM', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'ERR_REQUIRE_ASYNC_MODULE'].includes(error.code)
  if (!place || !(isRefused || (exports?.['.'] ?? exports)?.import)) throw error
  const file = entry(exports) ?? main ?? 'index.js'
  import(pathToFileURL(join(place, file))).then(loaded).catch((reason) => { setImmediate(() => { throw isRefused ? reason : error }) })
}`

// Of a package that also brings a command it is told whether that runs: some are no more, and refuse to be loaded (Vitest).
const NODE = `const { spawnSync } = require('node:child_process')
const { existsSync, readFileSync } = require('node:fs')
const { basename, join } = require('node:path')

const runsAsCommand = (name) => {
  const folder = (process.env.NODE_PATH || '').split(':').map((path) => join(path, name)).find((path) => existsSync(join(path, 'package.json')))
  const { bin } = folder ? JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) : {}
  const file = typeof bin === 'string' ? bin : bin && (bin[basename(name)] || Object.values(bin)[0])
  if (!file) return false
  return spawnSync(process.execPath, [join(folder, file), '--version'], { cwd: '/tmp', stdio: 'ignore', timeout: 10000 }).status === 0
}

exports.handler = async ({ packages, seconds }) => packages.map((name) => {
  const started = Date.now()
  const done = spawnSync(process.execPath, ['-e', ${JSON.stringify(NODE_LOAD)}, name], { cwd: '/tmp', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: seconds * 1000, killSignal: 'SIGKILL' })
  const result = { name, millis: Date.now() - started }
  const log = (done.stdout + done.stderr).slice(-4000)
  if (done.error?.code === 'ETIMEDOUT') return { ...result, error: { type: 'Timeout', message: 'it does not end within ' + seconds + ' s', log } }
  if (done.signal) return { ...result, error: { type: 'Signal', message: 'ended by ' + done.signal, log } }
  if (done.status === 0) return result
  const [, type, message] = /^(?:\\w+ )?(\\w*Error)(?: \\[\\w+\\])?: (.*)$/m.exec(log) ?? []
  const told = type ? { type, message } : { type: 'Error', message: 'exit status ' + done.status, endedItself: true }
  return { ...result, error: { ...told, log, ...(runsAsCommand(name) && { runsAsCommand: true }) } }
})
`

const NAME = 'lambda_parity_imports'
const HANDLERS: Readonly<Record<string, ImportHandler>> = {
  python: { file: `${NAME}.py`, handler: `${NAME}.handler`, content: Buffer.from(PYTHON) },
  nodejs: { file: `${NAME}.js`, handler: `${NAME}.handler`, content: Buffer.from(NODE) },
  ruby: { file: `${NAME}.rb`, handler: `${NAME}.handler`, content: Buffer.from(RUBY) },
  java: {
    file: 'lib/lambda-parity.jar',
    handler: 'LambdaParityJars::handleRequest',
    content: Buffer.from(LAMBDA_PARITY_JARS, 'base64'),
  },
}

/** The function for a family of runtimes; `undefined` where packages are not loaded by name. */
export function importHandler(family: string): ImportHandler | undefined {
  return HANDLERS[family]
}
