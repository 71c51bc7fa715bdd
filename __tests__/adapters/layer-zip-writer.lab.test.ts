import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { labFolders } from '../../lab/folders.ts'
import { up } from '../../lab/lab.ts'
import { printedProgress } from '../../lab/progress.ts'
import { ensurePip } from '../../lab/python.ts'
import { ensureGo, goEnvironment } from '../../lab/workflows/go.ts'
import { localLayerFiles } from '../../src/adapters/layer-files.ts'
import { layerZipWriter } from '../../src/adapters/layer-zip-writer.ts'
import type { FileEntry } from '../../src/inspect/evidence.ts'
import { zipContents } from '../../src/layer/zip/zip-contents.ts'
import type { WrittenZip } from '../../src/ports/layer-zip-writer.ts'
import { seeded } from '../builders/random.ts'

const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-zip-'))
const running = { signal: new AbortController().signal }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Small and large files, empty ones, a link, a program, names that sort differently as text than as bytes. */
function makeLayer(name: string, order: 'forth' | 'back' = 'forth'): string {
  const root = join(folder, name)
  const random = seeded(5)
  const noise = Buffer.from(Array.from({ length: 1_500_000 }, () => Math.floor(random() * 256)))
  const text = Buffer.from('import this\n'.repeat(300_000))
  const files: [string, Buffer, number][] = [
    ['python/pkg/__init__.py', Buffer.alloc(0), 0o600],
    ['python/pkg/text.py', text, 0o664],
    ['python/pkg/noise.bin', noise, 0o640],
    ['python/pkg/small.txt', Buffer.from('x'.repeat(70)), 0o644],
    ['python/pkg/exact.bin', text.subarray(0, 2 * 1024 * 1024), 0o644],
    ['bin/tool', Buffer.from('#!/bin/sh\n'), 0o700],
    ['python/Zebra.py', Buffer.from('z'), 0o644],
    ['python/apfel-ä.py', Buffer.from('a'), 0o644],
    ['python/😀.txt', Buffer.from('s'), 0o644],
    ['python/ﬀ.txt', Buffer.from('f'), 0o644],
  ]
  for (const [path, content, mode] of order === 'forth' ? files : files.toReversed()) {
    const at = join(root, path)
    mkdirSync(join(at, '..'), { recursive: true })
    writeFileSync(at, content)
    chmodSync(at, mode)
    if (order === 'back') utimesSync(at, 1_000_000, 1_000_000)
  }
  mkdirSync(join(root, 'empty'))
  symlinkSync('text.py', join(root, 'python/pkg/link.py'))
  return root
}

async function entriesOf(root: string): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = []
  await localLayerFiles(running).readFolder(root, (entry) => {
    entries.push(entry)
    return undefined
  })
  return entries
}

async function pack(root: string, name: string) {
  const contents = zipContents(await entriesOf(root))
  return await layerZipWriter(running).write(root, contents, join(folder, name))
}

/** Reads every file to its end, which checks its CRC, and prints the names. */
const GO_READER = `package main

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
)

func main() {
	reader, err := zip.OpenReader(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, file := range reader.File {
		content, err := file.Open()
		if err != nil {
			panic(err)
		}
		if _, err := io.Copy(io.Discard, content); err != nil {
			panic(err)
		}
		fmt.Println(file.Name)
	}
}
`

/** As a program of one file, which `java` compiles itself. */
const JAVA_READER = `import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

public class Read {
  public static void main(String[] arguments) throws Exception {
    try (ZipFile zip = new ZipFile(arguments[0])) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
        long size = zip.getInputStream(entry).transferTo(OutputStream.nullOutputStream());
        if (size != entry.getSize()) throw new IllegalStateException(entry + ": " + size);
        System.out.println(entry.getName());
      }
    }
  }
}
`

function zipNames(lines: string): readonly string[] {
  return lines.trim().split('\n')
}

describe('a packed layer', () => {
  let root: string
  let zip: string
  let written: WrittenZip
  let go: string
  beforeAll(async () => {
    const folders = labFolders()
    await ensureArchivers(folders)
    await ensurePip(folders)
    go = await ensureGo(folders, printedProgress())
    root = makeLayer('layer')
    written = await pack(root, 'layer.zip')
    zip = written.path
  })

  it('tells the size and the digest of what lies there, headers filled in later included', () => {
    const bytes = readFileSync(zip)
    expect(written).toEqual({
      path: zip,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('base64'),
    })
  })

  it('is whole and complete for Info-ZIP, libarchive and Go, which Lambda itself reads zips with', () => {
    const names = zipNames(execFileSync('unzip', ['-Z1', zip], { encoding: 'utf8' }))
    expect(execFileSync('unzip', ['-tq', zip], { encoding: 'utf8' })).toContain('No errors detected')
    expect(names).toHaveLength(15)
    expect(zipNames(execFileSync('bsdtar', ['-tf', zip], { encoding: 'utf8' }))).toEqual(names)
    const unpacked = join(folder, 'unpacked')
    mkdirSync(unpacked)
    execFileSync('bsdtar', ['-xf', zip, '-C', unpacked])
    execFileSync('diff', ['-r', '--no-dereference', root, unpacked])
    const program = join(folder, 'list.go')
    writeFileSync(program, GO_READER)
    const env = { ...process.env, ...goEnvironment(labFolders()), GO111MODULE: 'off' }
    const listed = execFileSync(go, ['run', program, zip], { encoding: 'utf8', env })
    expect(zipNames(listed)).toEqual(names)
  })

  it('is read by Java to the end of every file', async () => {
    const { 'sam/build-java17:latest': image } = await (await up()).images(['sam/build-java17:latest'])
    const program = join(folder, 'Read.java')
    writeFileSync(program, JAVA_READER)
    const mounts = [program, zip].flatMap((path) => ['--volume', `${path}:${path}:ro`])
    const java = ['--entrypoint', '/var/lang/bin/java', image, '-Dsun.jnu.encoding=UTF-8', '-Dfile.encoding=UTF-8']
    const run = ['run', '--rm', '--network', 'none', '--label', 'lambda-parity.lab=true', ...mounts, ...java]
    const listed = execFileSync('docker', [...run, program, zip], { encoding: 'utf8' })
    expect(zipNames(listed)).toEqual(zipNames(execFileSync('unzip', ['-Z1', zip], { encoding: 'utf8' })))
  })

  it('is read back by Python with the same bytes, modes and links, sorted, at one fixed time', () => {
    const script = `
import hashlib, json, sys, zipfile
zip = zipfile.ZipFile(sys.argv[1])
assert zip.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), hashlib.sha256(zip.read(i)).hexdigest(), i.date_time, i.create_system] for i in zip.infolist()]))
`
    const listed = JSON.parse(execFileSync('python3', ['-c', script, zip], { encoding: 'utf8' })) as [
      string,
      string,
      string,
      number[],
      number,
    ][]
    expect(listed.map(([name, mode]) => [name, mode])).toEqual([
      ['bin/', '0o40755'],
      ['bin/tool', '0o100755'],
      ['empty/', '0o40755'],
      ['python/', '0o40755'],
      ['python/Zebra.py', '0o100644'],
      ['python/apfel-ä.py', '0o100644'],
      ['python/pkg/', '0o40755'],
      ['python/pkg/__init__.py', '0o100644'],
      ['python/pkg/exact.bin', '0o100644'],
      ['python/pkg/link.py', '0o120777'],
      ['python/pkg/noise.bin', '0o100644'],
      ['python/pkg/small.txt', '0o100644'],
      ['python/pkg/text.py', '0o100644'],
      ['python/ﬀ.txt', '0o100644'],
      ['python/😀.txt', '0o100644'],
    ])
    const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex')
    for (const [name, , digest, time, system] of listed) {
      expect([time, system]).toEqual([[1980, 1, 1, 0, 0, 0], 3])
      if (name.endsWith('/')) continue
      expect([name, digest]).toEqual([
        name,
        hash(name.endsWith('link.py') ? 'text.py' : readFileSync(join(root, name))),
      ])
    }
  })

  it('has the same bytes whatever the order, times and permissions in which the files came', async () => {
    const again = await pack(makeLayer('again', 'back'), 'again.zip')
    expect(readFileSync(again.path).equals(readFileSync(zip))).toBe(true)
  })

  it('has the same bytes in any time zone, with any umask and whoever owns the files', async () => {
    const before = { umask: process.umask(0o077), zone: process.env.TZ }
    process.env.TZ = 'Pacific/Kiritimati'
    try {
      const other = makeLayer('other')
      if (process.getuid?.() === 0) chownSync(join(other, 'python/pkg/text.py'), 12_345, 12_345)
      const again = await pack(other, 'other.zip')
      expect(readFileSync(again.path).equals(readFileSync(zip))).toBe(true)
    } finally {
      process.umask(before.umask)
      if (before.zone === undefined) delete process.env.TZ
      else process.env.TZ = before.zone
    }
  })

  it('does not grow what cannot be compressed', () => {
    // 1.5 MB of noise go in two pieces: a few bytes per block are the price of one stream.
    const sizes = execFileSync(
      'python3',
      [
        '-c',
        'import sys,zipfile\nfor i in zipfile.ZipFile(sys.argv[1]).infolist(): print(i.filename, i.file_size, i.compress_size)',
        zip,
      ],
      { encoding: 'utf8' },
    )
    const [, size = 0, packed = 0] = (sizes.split('\n').find((line) => line.includes('noise')) ?? '')
      .split(' ')
      .map(Number)
    expect(packed).toBeLessThan(size * 1.001)
  })

  it('says which file changed, and leaves nothing', async () => {
    const contents = zipContents(await entriesOf(root)).map((one) =>
      one.name === 'python/pkg/text.py' ? { ...one, size: one.size + 1 } : one,
    )
    const path = join(folder, 'changed.zip')
    await expect(layerZipWriter(running).write(root, contents, path)).rejects.toMatchObject({
      code: 'layer-invalid',
      message: expect.stringContaining('python/pkg/text.py'),
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('changed.zip'))).toEqual([])
  })

  it('ends in the middle of a large file when the run is cancelled, and leaves nothing', async () => {
    const large = join(folder, 'large')
    mkdirSync(large)
    writeFileSync(join(large, 'model.bin'), Buffer.alloc(64 * 1024 * 1024, 'weights '))
    const contents = zipContents(await entriesOf(large))
    const cancelling = new AbortController()
    const writing = layerZipWriter({ signal: cancelling.signal }).write(large, contents, join(folder, 'cut.zip'))
    setTimeout(() => cancelling.abort(new Error('cancelled')), 1)
    await expect(writing).rejects.toThrow('cancelled')
    expect(readdirSync(folder).filter((name) => name.startsWith('cut.zip'))).toEqual([])
  })
})

it('writes more entries than the old format counts', async () => {
  const contents = Array.from({ length: 66_000 }, (_, index) => ({
    name: `python/d${String(index).padStart(5, '0')}/`,
    mode: 0o40755,
    size: 0,
  }))
  const { path } = await layerZipWriter(running).write(folder, contents, join(folder, 'many.zip'))
  expect(
    execFileSync('python3', ['-c', 'import sys,zipfile; print(len(zipfile.ZipFile(sys.argv[1]).infolist()))', path], {
      encoding: 'utf8',
    }).trim(),
  ).toBe('66000')
})
