import { nearestNames } from '../nearest-names.ts'
import type { OperatingSystem } from './operating-systems.ts'

/** A managed runtime, as far as checks and comparisons need it. One row per runtime identifier. */
export type Runtime = {
  readonly id: string
  readonly family: 'nodejs' | 'python' | 'java' | 'dotnet' | 'ruby' | 'provided'
  readonly os: OperatingSystem['id']
  /** Published image without architecture suffix; both architectures exist (`-x86_64`, `-arm64`). */
  readonly baseImage: string
  readonly preview?: true
  /** Exists as a base image only: CreateFunction and layers do not know the identifier. */
  readonly imageOnly?: true
  /** ISO dates. AWS moves them (nodejs20.x, provided.al2): warn by them, never fail by them. */
  readonly deprecated?: string
  readonly createBlocked?: string
  readonly updateBlocked?: string
  /** NODE_MODULE_VERSION (Node.js ABI registry). */
  readonly nodeAbi?: number
  /** Newest Node-API version of its current release (`process.versions.napi`; Node.js, node-api-version-matrix). */
  readonly nodeApi?: number
  /** Tag in the file names of extension modules (PEP 3149). */
  readonly pythonTag?: string
  /** Newest class file version that the JVM loads (JVM specification §4.1). */
  readonly classFileVersion?: number
  /** Folder below `ruby/gems`: Ruby's API version. */
  readonly rubyApi?: string
}

/** Where identifiers, systems and dates come from, and the month in which that page was read. */
export const RUNTIMES_SOURCE = {
  link: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  checked: '2026-08',
} as const

const IMAGES = 'public.ecr.aws/lambda'

// biome-ignore format: a table is read by its columns
export const RUNTIMES = [
  { id: 'nodejs26.x', family: 'nodejs', os: 'al2023', baseImage: `${IMAGES}/nodejs:26`, preview: true },
  { id: 'nodejs24.x', family: 'nodejs', os: 'al2023', baseImage: `${IMAGES}/nodejs:24`, nodeAbi: 137, nodeApi: 10, deprecated: '2028-04-30', createBlocked: '2028-06-01', updateBlocked: '2028-07-01' },
  { id: 'nodejs22.x', family: 'nodejs', os: 'al2023', baseImage: `${IMAGES}/nodejs:22`, nodeAbi: 127, nodeApi: 10, deprecated: '2027-04-30', createBlocked: '2027-06-01', updateBlocked: '2027-07-01' },
  { id: 'nodejs20.x', family: 'nodejs', os: 'al2023', baseImage: `${IMAGES}/nodejs:20`, nodeAbi: 115, nodeApi: 9, deprecated: '2026-04-30', createBlocked: '2026-08-31', updateBlocked: '2026-09-30' },
  { id: 'nodejs18.x', family: 'nodejs', os: 'al2', baseImage: `${IMAGES}/nodejs:18`, nodeAbi: 108, nodeApi: 9, deprecated: '2025-09-01' },
  { id: 'python3.15', family: 'python', os: 'al2023', baseImage: `${IMAGES}/python:3.15`, pythonTag: 'cpython-315', preview: true },
  { id: 'python3.14', family: 'python', os: 'al2023', baseImage: `${IMAGES}/python:3.14`, pythonTag: 'cpython-314', deprecated: '2029-06-30' },
  { id: 'python3.13', family: 'python', os: 'al2023', baseImage: `${IMAGES}/python:3.13`, pythonTag: 'cpython-313', deprecated: '2029-06-30' },
  { id: 'python3.12', family: 'python', os: 'al2023', baseImage: `${IMAGES}/python:3.12`, pythonTag: 'cpython-312', deprecated: '2028-10-31' },
  { id: 'python3.11', family: 'python', os: 'al2', baseImage: `${IMAGES}/python:3.11`, pythonTag: 'cpython-311', deprecated: '2027-06-30' },
  { id: 'python3.10', family: 'python', os: 'al2', baseImage: `${IMAGES}/python:3.10`, pythonTag: 'cpython-310', deprecated: '2026-10-31' },
  { id: 'python3.9', family: 'python', os: 'al2', baseImage: `${IMAGES}/python:3.9`, pythonTag: 'cpython-39', deprecated: '2025-12-15' },
  { id: 'java25', family: 'java', os: 'al2023', baseImage: `${IMAGES}/java:25`, classFileVersion: 69, deprecated: '2029-06-30' },
  { id: 'java21', family: 'java', os: 'al2023', baseImage: `${IMAGES}/java:21`, classFileVersion: 65, deprecated: '2029-06-30' },
  { id: 'java17.al2023', family: 'java', os: 'al2023', baseImage: `${IMAGES}/java:17.al2023`, classFileVersion: 61, deprecated: '2029-06-30' },
  { id: 'java11.al2023', family: 'java', os: 'al2023', baseImage: `${IMAGES}/java:11.al2023`, classFileVersion: 55, deprecated: '2029-06-30' },
  { id: 'java8.al2023', family: 'java', os: 'al2023', baseImage: `${IMAGES}/java:8.al2023`, classFileVersion: 52, deprecated: '2029-06-30' },
  { id: 'java17', family: 'java', os: 'al2', baseImage: `${IMAGES}/java:17`, classFileVersion: 61, deprecated: '2027-06-30' },
  { id: 'java11', family: 'java', os: 'al2', baseImage: `${IMAGES}/java:11`, classFileVersion: 55, deprecated: '2027-06-30' },
  { id: 'java8.al2', family: 'java', os: 'al2', baseImage: `${IMAGES}/java:8.al2`, classFileVersion: 52, deprecated: '2027-06-30' },
  { id: 'dotnet10', family: 'dotnet', os: 'al2023', baseImage: `${IMAGES}/dotnet:10`, deprecated: '2028-11-14' },
  { id: 'dotnet9', family: 'dotnet', os: 'al2023', baseImage: `${IMAGES}/dotnet:9`, imageOnly: true, deprecated: '2026-11-10' },
  { id: 'dotnet8', family: 'dotnet', os: 'al2023', baseImage: `${IMAGES}/dotnet:8`, deprecated: '2026-11-10' },
  { id: 'ruby4.0', family: 'ruby', os: 'al2023', baseImage: `${IMAGES}/ruby:4.0`, rubyApi: '4.0.0', deprecated: '2029-03-31' },
  { id: 'ruby3.4', family: 'ruby', os: 'al2023', baseImage: `${IMAGES}/ruby:3.4`, rubyApi: '3.4.0', deprecated: '2028-03-31', createBlocked: '2028-04-30', updateBlocked: '2028-05-31' },
  { id: 'ruby3.3', family: 'ruby', os: 'al2023', baseImage: `${IMAGES}/ruby:3.3`, rubyApi: '3.3.0', deprecated: '2027-03-31', createBlocked: '2027-04-30', updateBlocked: '2027-05-31' },
  { id: 'ruby3.2', family: 'ruby', os: 'al2', baseImage: `${IMAGES}/ruby:3.2`, rubyApi: '3.2.0', deprecated: '2026-03-31', createBlocked: '2026-06-01', updateBlocked: '2026-07-01' },
  { id: 'provided.al2023', family: 'provided', os: 'al2023', baseImage: `${IMAGES}/provided:al2023`, deprecated: '2029-06-30', createBlocked: '2029-07-31', updateBlocked: '2029-08-31' },
  { id: 'provided.al2', family: 'provided', os: 'al2', baseImage: `${IMAGES}/provided:al2`, deprecated: '2026-07-31', createBlocked: '2027-02-01', updateBlocked: '2027-03-03' },
] as const satisfies readonly Runtime[]

export type RuntimeId = (typeof RUNTIMES)[number]['id']

/** Every accepted identifier, newest of each family first. */
export const RUNTIME_IDS: readonly string[] = RUNTIMES.map((row) => row.id)

/** The row of a runtime identifier (`nodejs22.x`); `undefined` for anything else. */
export function findRuntime(id: string): Runtime | undefined {
  return RUNTIMES.find((row) => row.id === id)
}

/** Identifiers that a mistyped one may have meant, nearest first, at most three. */
export function nearestRuntimes(id: string): readonly string[] {
  return nearestNames(id, RUNTIME_IDS)
}
