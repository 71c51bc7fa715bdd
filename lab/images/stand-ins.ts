import type { DebianRelease } from '../debian/root-file-system.ts'

/** What a stand-in image is made of. Versions are exact: they are part of what decides whether an image is made anew. */
export type StandIn =
  | { readonly family: 'nodejs'; readonly release: DebianRelease; readonly version: string; readonly node: string }
  | {
      readonly family: 'python'
      readonly release: DebianRelease
      readonly version: string
      readonly client: readonly string[]
    }
  | { readonly family: 'ruby' | 'provided'; readonly release: DebianRelease; readonly version: string }
  | { readonly family: 'java'; readonly release: DebianRelease; readonly version: string }
  | { readonly family: 'sam'; readonly from: 'lambda/nodejs:22' | 'lambda/python:3.11' | 'lambda/ruby:3.3' }
  | { readonly family: 'provided-arm64' }
  | { readonly family: 'sam-java'; readonly from: 'lambda/java:17'; readonly version: string }

/**
 * Images that stand for those of public.ecr.aws, by the name and tag they have there; `-bullseye` marks an older OS release
 * (glibc 2.31 instead of 2.36) of the same runtime, as an older tag of an AWS image would be.
 */
export const STAND_INS = {
  'lambda/nodejs:22': { family: 'nodejs', release: 'bookworm', version: '22', node: '22.23.3' },
  // The client does not run in it: for executing layers, not for functions.
  'lambda/nodejs:20': { family: 'nodejs', release: 'bookworm', version: '20', node: '20.20.2' },
  'lambda/nodejs:24': { family: 'nodejs', release: 'bookworm', version: '24', node: '24.21.0' },
  'lambda/nodejs:22-bullseye': { family: 'nodejs', release: 'bullseye', version: '22', node: '22.23.3' },
  'lambda/python:3.11': {
    family: 'python',
    release: 'bookworm',
    version: '3.11',
    client: ['awslambdaric==4.2.2', 'simplejson==4.3.0', 'snapshot-restore-py==1.0.0'],
  },
  'lambda/python:3.13': {
    family: 'python',
    release: 'trixie',
    version: '3.13',
    client: ['awslambdaric==4.2.2', 'simplejson==4.3.0', 'snapshot-restore-py==1.0.0'],
  },
  // The last release of the client that has a wheel for Python 3.9.
  'lambda/python:3.9': {
    family: 'python',
    release: 'bullseye',
    version: '3.9',
    client: ['awslambdaric==3.1.1', 'simplejson==4.3.0', 'snapshot-restore-py==1.0.0'],
  },
  // Bookworm's Ruby (3.1) is of no runtime identifier. AWS's runtime interface client is published as a gem only, and no
  // gem registry is asked here: a small client written for the lab stands for it.
  'lambda/ruby:3.3': { family: 'ruby', release: 'trixie', version: '3.3' },
  'lambda/provided:al2023': { family: 'provided', release: 'bookworm', version: 'al2023' },
  'lambda/provided:al2023-arm64': { family: 'provided-arm64' },
  // The client's version and what it needs stand in java/pom.xml.
  'lambda/java:17': { family: 'java', release: 'bookworm', version: '17' },
  'sam/build-nodejs22.x:latest': { family: 'sam', from: 'lambda/nodejs:22' },
  'sam/build-python3.11:latest': { family: 'sam', from: 'lambda/python:3.11' },
  'sam/build-ruby3.3:latest': { family: 'sam', from: 'lambda/ruby:3.3' },
  'sam/build-java17:latest': { family: 'sam-java', from: 'lambda/java:17', version: '17' },
} as const satisfies Readonly<Record<string, StandIn>>

export type StandInName = keyof typeof STAND_INS

export const isStandInName = (name: string): name is StandInName => Object.hasOwn(STAND_INS, name)

/**
 * Whether the public registry has it too. Base images are pulled, by other engines and by digest; a build image is run by the
 * engine that made it, and compressing its compilers takes half as long as installing them.
 */
export const isPushed = (name: StandInName): boolean => !name.startsWith('sam/')

/** aws-lambda-ric needs Node 22 or newer; its addon is compiled on the oldest OS release (clients.ts). */
export const NODE_CLIENT = 'aws-lambda-ric@4.0.2'
export const NPM = 'npm@10.9.9'
