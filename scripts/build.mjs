// src -> lib (tsc 7) -> dist (ncc). Two steps, because TypeScript 7 has no compiler API for ncc's loader (vercel/ncc#1336).
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (...argv) => execFileSync(process.execPath, argv, { cwd: root, stdio: 'inherit' })

// Deleted first: ncc leaves old chunks behind.
for (const folder of ['lib', 'dist']) rmSync(`${root}${folder}`, { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
run(
  'node_modules/@vercel/ncc/dist/ncc/cli.js',
  'build',
  'lib/main.js',
  '-o',
  'dist',
  '--license',
  'licenses.txt',
  '--no-cache',
  '--quiet',
)
