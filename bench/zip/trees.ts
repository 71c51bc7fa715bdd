import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const NPM = ['sharp@0.34.4', '@swc/core@1.13.5', 'esbuild@0.25.10', 'typescript@5.9.2', '@aws-sdk/client-s3@3.901.0']
const PIP = ['requests==2.32.5', 'boto3==1.40.45', 'pydantic==2.11.9', 'cryptography==46.0.2', 'numpy==2.0.2']
const MB = 1_000_000

/** What a layer of real packages holds, as npm and pip install them: about 230 MB. */
export function makePackages(folder: string): string {
  const root = join(folder, 'packages')
  const npm = join(root, 'nodejs')
  mkdirSync(npm, { recursive: true })
  writeFileSync(join(npm, 'package.json'), '{}')
  const quiet = { cwd: npm, stdio: 'pipe' } as const
  execFileSync('npm', ['install', '--silent', '--ignore-scripts', '--no-audit', '--no-fund', ...NPM], quiet)
  const wheels = ['--only-binary=:all:', '--platform=manylinux_2_28_x86_64', '--platform=manylinux2014_x86_64']
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-compile',
    '--disable-pip-version-check',
    '--python-version=3.11',
  ]
  execFileSync('python3', [...pip, ...wheels, '--target', join(root, 'python'), ...PIP], quiet)
  return root
}

/** As many copies of the packages as make `bytes`, the last one cut off. They are links: nothing is written. */
export function makeTree(
  folder: string,
  packages: { root: string; files: readonly FileSize[] },
  bytes: number,
): string {
  const root = join(folder, `tree-${bytes / MB}`)
  const list: string[] = []
  let left = bytes
  for (let copy = 0; left > 0; copy++) {
    list.length = 0
    for (const { path, size } of packages.files) {
      if (left <= 0) break
      list.push(path)
      left -= size
    }
    const target = join(root, `copy-${copy}`)
    mkdirSync(target, { recursive: true })
    const argv = ['--link', '--no-dereference', '--parents', '--target-directory', target]
    execFileSync('xargs', ['--null', 'cp', ...argv], { cwd: packages.root, input: list.join('\0') })
  }
  return root
}

export type FileSize = { readonly path: string; readonly size: number }

/** One file of that size, half of it noise. */
export function makeLargeFile(folder: string, bytes: number): string {
  const root = join(folder, 'large-file')
  mkdirSync(root)
  const file = openSync(join(root, 'model.bin'), 'w')
  for (let at = 0; at < bytes; at += 2 * MB) {
    writeSync(file, randomBytes(MB))
    writeSync(file, Buffer.alloc(MB, `weights of ${at} `))
  }
  return root
}
