import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { LabFolders } from '../../lab/folders.ts'
import { withLock } from '../../lab/lock.ts'
import { run } from '../../lab/process/command.ts'
import type { Progress } from '../../lab/progress.ts'
import { ensurePip, pip } from '../../lab/python.ts'

const WHEELS = [
  ...['numpy==2.4.6', 'scipy==1.17.1', 'pandas==3.1.1', 'pillow==13.0.0', 'lxml==6.1.3', 'cryptography==50.0.2'],
  ...['grpcio==1.85.1', 'pyarrow==26.0.1', 'psycopg2-binary==2.9.13', 'opencv-python-headless==5.0.0.93'],
  ...['shapely==2.2.0', 'h5py==3.16.0', 'pyzmq==27.3.0', 'pynacl==1.6.2', 'pydantic-core==2.50.4', 'orjson==3.13.0'],
]
const NPM = [
  ...['sharp@0.35.5', 'esbuild@0.28.2', '@swc/core@1.16.22', 'onnxruntime-node@1.30.0', '@napi-rs/canvas@1.1.1'],
  ...['lightningcss@1.33.0', 'bcrypt@6.0.0', 'argon2@0.45.1', 'utf-8-validate@6.0.6', 'classic-level@3.0.0'],
  ...['@parcel/watcher@2.6.0', 'rollup@4.68.7'],
]
const PLATFORMS = ['manylinux_2_34', 'manylinux_2_28', 'manylinux_2_17', 'manylinux2014']

/** Popular packages with native code as a layer has them: wheels for Python 3.11 in `python/`, npm packages in `nodejs/`. */
export async function nativePackages(place: { folders: LabFolders; progress: Progress }): Promise<string> {
  const folder = join(place.folders.cache, 'native-packages-1')
  await ensurePip(place.folders)
  await withLock(place.folders, 'native-packages', async () => {
    if (existsSync(folder)) return
    const partial = `${folder}.partial`
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(join(partial, 'nodejs'), { recursive: true })
    await place.progress.step('downloading native packages', async () => {
      await pip([
        ...['install', '--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--implementation', 'cp'],
        ...PLATFORMS.flatMap((platform) => ['--platform', `${platform}_x86_64`]),
        ...['--target', join(partial, 'python'), ...WHEELS],
      ])
      const npm = ['install', '--prefix', join(partial, 'nodejs'), '--ignore-scripts', '--no-audit', '--no-fund']
      await run('npm', [...npm, '--os=linux', '--cpu=x64', '--libc=glibc', ...NPM])
    })
    renameSync(partial, folder)
  })
  return folder
}
