import type { ElfFile, Evidence, FileEntry, ImageFacts } from '../../src/inspect/evidence.ts'
import { NO_FACTS } from '../../src/inspect/fact-readers.ts'

/** A root-owned, world-readable file. */
export function makeFile(path: string, overrides: Partial<FileEntry> = {}): FileEntry {
  return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, size: 100, mtime: 1_700_000_000, ...overrides }
}

/** A root-owned directory that everybody may enter. */
export function makeDirectory(path: string, overrides: Partial<FileEntry> = {}): FileEntry {
  return makeFile(path, { type: 'directory', mode: 0o755, size: 0, ...overrides })
}

/** A symbolic link; `target` as written in it. */
export function makeLink(path: string, target: string): FileEntry {
  return makeFile(path, { type: 'symlink', mode: 0o777, size: 0, link: target })
}

/** An x86-64 shared object that needs nothing. */
export function makeElf(path: string, overrides: Partial<ElfFile> = {}): ElfFile {
  return {
    path,
    class: 64,
    littleEndian: true,
    machine: 62,
    osAbi: 0,
    type: 3,
    needed: [],
    versionsNeeded: [],
    versionsDefined: [],
    ...overrides,
  }
}

/** Configuration of an image built on `public.ecr.aws/lambda/nodejs:22` with one handler. */
export function makeImageFacts(overrides: Partial<ImageFacts> = {}): ImageFacts {
  return {
    id: `sha256:${'a'.repeat(64)}`,
    os: 'linux',
    architecture: 'amd64',
    entrypoint: ['/lambda-entrypoint.sh'],
    command: ['index.handler'],
    workingDirectory: '/var/task',
    user: '',
    environment: {
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      LD_LIBRARY_PATH: '/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib',
      LAMBDA_TASK_ROOT: '/var/task',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
    },
    labels: {},
    layers: [`sha256:${'1'.repeat(64)}`],
    ...overrides,
  }
}

/** What such an image holds as far as rules look: a base of a few files and `index.js`. */
export function makeEvidence(overrides: Partial<Evidence> = {}): Evidence {
  return {
    schema: 1,
    subject: { reference: 'get-customer:test', platform: 'linux/amd64' },
    image: makeImageFacts(),
    manifest: {
      reference: 'registry.example/get-customer:test',
      digest: `sha256:${'d'.repeat(64)}`,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    },
    os: {
      id: 'amzn',
      versionId: '2023',
      prettyName: 'Amazon Linux 2023.6.20241031',
      release: '2023.6.20241031',
    },
    libc: { family: 'glibc', version: '2.34' },
    tools: { node: '22.11.0', libstdcxx: '3.4.29' },
    files: [...baseFiles(), makeFile('/var/task/index.js')],
    elf: baseElf(),
    firstLines: { '/lambda-entrypoint.sh': '#!/bin/sh' },
    facts: NO_FACTS,
    bytes: { uncompressed: 190_000_000 },
    partial: [],
    ...overrides,
  }
}

/** Files of the base image: enough to start an entry point and to load a C program. */
export function baseFiles(): readonly FileEntry[] {
  return [
    makeFile('/lambda-entrypoint.sh', { mode: 0o755 }),
    makeLink('/bin', 'usr/bin'),
    makeLink('/lib64', 'usr/lib64'),
    makeDirectory('/usr'),
    makeDirectory('/usr/bin'),
    makeFile('/usr/bin/bash', { mode: 0o755 }),
    makeLink('/usr/bin/sh', 'bash'),
    makeDirectory('/usr/lib64'),
    makeFile('/usr/lib64/libc.so.6', { mode: 0o755 }),
    makeFile('/usr/lib64/libstdc++.so.6.0.29', { mode: 0o755 }),
    makeLink('/usr/lib64/libstdc++.so.6', 'libstdc++.so.6.0.29'),
    makeDirectory('/usr/local'),
    makeDirectory('/usr/local/bin'),
    makeFile('/usr/local/bin/aws-lambda-rie', { mode: 0o755 }),
    makeDirectory('/var'),
    makeDirectory('/var/lang'),
    makeDirectory('/var/lang/bin'),
    makeFile('/var/lang/bin/node', { mode: 0o755 }),
    makeDirectory('/var/runtime'),
    makeFile('/var/runtime/bootstrap', { mode: 0o755 }),
    makeDirectory('/var/task'),
    makeDirectory('/opt'),
    makeDirectory('/tmp', { mode: 0o1777 }),
  ]
}

/** The base's C and C++ libraries with the versions they define. */
export function baseElf(): readonly ElfFile[] {
  return [
    makeElf('/usr/lib64/libc.so.6', {
      soname: 'libc.so.6',
      versionsDefined: ['libc.so.6', 'GLIBC_2.2.5', 'GLIBC_2.14', 'GLIBC_2.17', 'GLIBC_2.28', 'GLIBC_2.34'],
    }),
    makeElf('/usr/lib64/libstdc++.so.6.0.29', {
      soname: 'libstdc++.so.6',
      versionsDefined: ['libstdc++.so.6', 'GLIBCXX_3.4', 'GLIBCXX_3.4.29', 'CXXABI_1.3', 'CXXABI_1.3.13'],
    }),
  ]
}
