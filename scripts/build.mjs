// src -> lib (tsc 7) -> dist (ncc). Two steps, because TypeScript 7 has no compiler API for ncc's loader (vercel/ncc#1336).
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const run = (...argv) => execFileSync(process.execPath, argv, { cwd: root, stdio: 'inherit' })

// Built beside dist and put in its place: ncc leaves old chunks behind, and a run of the bundle must not find half of it.
for (const folder of ['lib', 'dist.new']) rmSync(`${root}${folder}`, { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
const options = ['-o', 'dist.new', '--license', 'licenses.txt', '--no-cache', '--quiet']
run('node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'lib/src/main.js', ...options)
rmSync(`${root}dist`, { recursive: true, force: true })
renameSync(`${root}dist.new`, `${root}dist`)
