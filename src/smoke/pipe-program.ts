import type { Evidence, FileEntry } from '../inspect/evidence.ts'
import type { PipeProgram } from '../ports/invocations.ts'

const ADDRESS = '127.0.0.1'
const PORT = 8080

/** Opens file descriptor 3 on the emulator, says so, and copies both ways; the job in the background needs a stdin of its own. */
const BASH = [
  `until exec 3<>/dev/tcp/${ADDRESS}/${PORT}; do sleep 0.02; done 2>/dev/null`,
  'echo ready >&2; exec 4<&0',
  'cat <&4 >&3 & cat <&3',
].join('\n')

const PYTHON = `
import os, socket, sys, threading, time
while True:
    try: s = socket.create_connection(('${ADDRESS}', ${PORT})); break
    except OSError: time.sleep(0.02)
print('ready', file=sys.stderr, flush=True)
def send():
    while True:
        data = os.read(0, 65536)
        if not data: return
        s.sendall(data)
threading.Thread(target=send, daemon=True).start()
while True:
    data = s.recv(65536)
    if not data: break
    view = memoryview(data)
    while view: view = view[os.write(1, view):]
`

const NODE = `
const open = () => {
  const s = require('node:net').connect(${PORT}, '${ADDRESS}')
  s.on('connect', () => { console.error('ready'); process.stdin.pipe(s); s.pipe(process.stdout) })
  s.on('error', () => s.readyState === 'closed' && !s.bytesWritten ? setTimeout(open, 20) : process.exit(1))
  s.on('close', (failed) => { if (!failed) process.stdin.destroy() })
}
open()
`

/** Not every busybox has `nc -z`: the kernel's table tells who listens (state 0A) on 8080 (1F90). */
const BUSYBOX = `until grep -q ':1F90 0*:0000 0A' /proc/net/tcp /proc/net/tcp6 2>/dev/null; do sleep 0.05; done
echo ready >&2
exec nc ${ADDRESS} ${PORT}`

/** Cheapest to start first. `with` are other commands that the program calls. */
const PROGRAMS: readonly { names: readonly string[]; with: readonly string[]; arguments: readonly string[] }[] = [
  { names: ['bash'], with: ['cat', 'sleep'], arguments: ['-c', BASH] },
  { names: ['busybox'], with: [], arguments: ['sh', '-c', BUSYBOX] },
  {
    names: ['python3', ...Array.from({ length: 8 }, (_, n) => `python3.${n + 8}`)],
    with: [],
    arguments: ['-c', PYTHON],
  },
  { names: ['node'], with: [], arguments: ['-e', NODE] },
]

/** `/nodejs/bin` is distroless' place. */
const FOLDERS = ['/bin', '/usr/bin', '/usr/local/bin', '/var/lang/bin', '/nodejs/bin']

/**
 * A program in the image that can carry bytes between this process and the emulator in a container without network: with it
 * the function has no network at all, wherever the engine is. `undefined` when the image has none, as a `scratch` image.
 */
export function pipeProgram(evidence: Evidence): PipeProgram | undefined {
  const commands = executables(evidence)
  for (const program of PROGRAMS) {
    const path = program.names.map((name) => commands.get(name)).find((found) => found !== undefined)
    if (path !== undefined && program.with.every((name) => commands.has(name))) {
      return { entrypoint: path, arguments: program.arguments }
    }
  }
  return undefined
}

function executables(evidence: Evidence): ReadonlyMap<string, string> {
  const path = evidence.image?.environment.PATH?.split(':') ?? []
  const folders = new Set([...path, ...FOLDERS].map((folder) => folder.replace(/(.)\/$/, '$1')))
  const found = new Map<string, string>()
  for (const entry of evidence.files) {
    const slash = entry.path.lastIndexOf('/')
    if (folders.has(entry.path.slice(0, slash)) && isExecutable(entry)) {
      found.set(entry.path.slice(slash + 1), entry.path)
    }
  }
  return found
}

/** A link's own mode says nothing; most `bash` and `python3` are files or links to one beside them. */
function isExecutable(entry: FileEntry): boolean {
  return (
    entry.type === 'symlink' || ((entry.type === 'file' || entry.type === 'hardlink') && (entry.mode & 0o001) !== 0)
  )
}
