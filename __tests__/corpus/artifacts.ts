import { type CorpusPackage, type Install, RUNTIMES, type RuntimeName } from './install.ts'
import { NPM_PACKAGES } from './packages/npm.ts'
import { PYTHON_PACKAGES } from './packages/python.ts'
import { installsOf } from './variants.ts'

/** A layer of the committed corpora. */
export type Artifact = {
  readonly install: Install
  /** Small ones, tried on every change; the others with `CORPUS=all`. */
  readonly part: 'fast' | 'whole'
  /** `healthy`: it works and no error may be found. Else it fails, and an error of one of these rules must be found. */
  readonly expected: 'healthy' | readonly [rule: string, ...others: string[]]
}

// What a Python file for another interpreter or machine is called first: which of them depends on the file's name.
const TAG = ['python-extension-tag', 'python-wheel-tag'] as const
const LIBC = ['libc-family', ...TAG] as const
const PROCESSOR = ['elf-architecture', ...TAG] as const
const SYSTEM = ['foreign-binary', ...TAG] as const
const GONE = ['python-record', 'missing-library'] as const
const BROKEN_FILE = ['corrupt-binary'] as const
const NODE_PLATFORM = ['node-platform-package', 'elf-architecture', 'foreign-binary', 'libc-family'] as const
const NODE_ABSENT = ['node-prebuild', 'node-platform-package'] as const

const [PYTHON, NODE] = ['python3.11', 'nodejs22.x'] as const

export const ARTIFACTS: readonly Artifact[] = [
  ...healthy('fast', PYTHON, 'right', 'pydantic==2.14.3 cffi==2.1.1 markupsafe==3.0.4 pyyaml==6.0.3 orjson==3.13.0'),
  ...healthy('fast', PYTHON, 'right', 'cryptography==50.0.2 psycopg2-binary==2.9.13 greenlet==3.5.6 lxml==6.1.3'),
  ...healthy(
    'whole',
    PYTHON,
    'right',
    'numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 pillow==13.0.0 grpcio==1.85.1 pyarrow==26.0.1',
  ),
  ...healthy(
    'whole',
    PYTHON,
    'right',
    'sqlalchemy==2.1.8 charset-normalizer==3.5.2 aiohttp==3.14.5 msgpack==1.2.4 regex==2026.11.9 rpds-py==2026.9.1 jiter==0.19.0',
  ),
  ...healthy(
    'whole',
    PYTHON,
    'right',
    'tokenizers==0.23.3 safetensors==0.8.0 psutil==7.2.2 bcrypt==5.0.0 argon2-cffi==25.1.0 pynacl==1.6.2 pycryptodome==4.4.0 matplotlib==3.11.2',
  ),
  ...healthy(
    'whole',
    PYTHON,
    'right',
    'scikit-learn==1.9.1 uvloop==0.23.0 shapely==2.2.0 lz4==4.4.5 zstandard==0.25.0',
  ),
  // Their speed-ups do not load, and the packages do without.
  ...healthy('fast', PYTHON, 'py3.12', 'pyyaml==6.0.3 markupsafe==3.0.4'),
  ...healthy('whole', PYTHON, 'musl', 'pyyaml==6.0.3 charset-normalizer==3.5.2 sqlalchemy==2.1.8'),
  ...healthy('whole', PYTHON, 'mac-arm64', 'markupsafe==3.0.4 charset-normalizer==3.5.2'),
  ...healthy(
    'fast',
    NODE,
    'right',
    'esbuild@0.28.2 bcrypt@6.0.0 argon2@0.45.1 bufferutil@4.1.0 ws@8.23.0 sharp@0.34.5',
  ),
  ...healthy(
    'whole',
    NODE,
    'right',
    'sharp@0.35.5 sharp@0.33.5 @swc/core@1.16.22 better-sqlite3@13.2.0 typescript@7.0.2',
  ),
  ...healthy('whole', NODE, 'right', '@napi-rs/canvas@1.1.1 lightningcss@1.33.0 rollup@4.68.3 snappy@7.4.3 lmdb@3.5.6'),
  ...healthy(
    'whole',
    NODE,
    'right',
    'aws-sdk@2.1693.0 @aws-sdk/client-s3@3.1169.0 @parcel/watcher@2.6.0 msgpackr@2.1.3',
  ),
  // Broken files for other systems than the function's.
  ...healthy('fast', NODE, 'largest-halved', 'bcrypt@6.0.0 argon2@0.45.1'),
  // WebAssembly and JavaScript stand in for what cannot be loaded.
  ...healthy('whole', NODE, 'mac-arm64', 'sharp@0.35.5 msgpackr@2.1.3'),

  ...broken('fast', PYTHON, 'py3.12', 'pydantic==2.14.3 psycopg2-binary==2.9.13', TAG),
  ...broken('fast', PYTHON, 'musl', 'pydantic==2.14.3 orjson==3.13.0', LIBC),
  ...broken('fast', PYTHON, 'arm64', 'pydantic==2.14.3', PROCESSOR),
  ...broken('fast', PYTHON, 'mac-arm64', 'pydantic==2.14.3', SYSTEM),
  ...broken('fast', PYTHON, 'windows', 'pydantic==2.14.3', SYSTEM),
  ...broken('fast', PYTHON, 'largest-deleted', 'pydantic==2.14.3', GONE),
  ...broken('fast', PYTHON, 'largest-halved', 'pydantic==2.14.3', BROKEN_FILE),
  ...broken('fast', PYTHON, 'largest-git-lfs', 'pydantic==2.14.3', BROKEN_FILE),
  ...broken('fast', PYTHON, 'private-libraries-deleted', 'psycopg2-binary==2.9.13', ['missing-library']),
  ...broken('fast', PYTHON, 'right', 'python-magic==0.4.27', ['missing-library']),
  ...broken('whole', PYTHON, 'py3.12', 'numpy==2.4.6 pandas==3.1.1 cryptography==50.0.2 lxml==6.1.3', TAG),
  ...broken('whole', PYTHON, 'musl', 'numpy==2.4.6 cryptography==50.0.2 pillow==13.0.0', LIBC),
  ...broken('whole', PYTHON, 'arm64', 'numpy==2.4.6 pandas==3.1.1', PROCESSOR),
  ...broken('whole', PYTHON, 'mac-arm64', 'numpy==2.4.6 cryptography==50.0.2', SYSTEM),
  ...broken('whole', PYTHON, 'windows', 'numpy==2.4.6', SYSTEM),
  ...broken('whole', PYTHON, 'private-libraries-deleted', 'numpy==2.4.6 pandas==3.1.1 pillow==13.0.0', [
    'missing-library',
  ]),
  ...broken('whole', PYTHON, 'largest-deleted', 'numpy==2.4.6', GONE),
  ...broken('whole', PYTHON, 'largest-emptied', 'numpy==2.4.6', BROKEN_FILE),
  ...broken('whole', PYTHON, 'right', 'opencv-python==5.0.0.93 weasyprint==70.0 cairocffi==1.7.1', ['missing-library']),
  ...broken('fast', NODE, 'musl', 'sharp@0.34.5', NODE_PLATFORM),
  ...broken('fast', NODE, 'mac-arm64', 'sharp@0.34.5 esbuild@0.28.2', NODE_PLATFORM),
  ...broken('fast', NODE, 'no-optional', 'sharp@0.34.5', NODE_PLATFORM),
  ...broken('fast', NODE, 'largest-halved', 'sharp@0.34.5', BROKEN_FILE),
  ...broken('fast', NODE, 'native-files-deleted', 'bcrypt@6.0.0', NODE_ABSENT),
  ...broken('fast', NODE, 'prebuilds-pruned', 'bcrypt@6.0.0 argon2@0.45.1', NODE_ABSENT),
  ...broken('fast', NODE, 'right', 'canvas@3.2.3 bcrypt@5.1.1', NODE_ABSENT),
  ...broken(
    'whole',
    NODE,
    'right',
    'skia-canvas@3.0.8 sqlite3@6.0.1 re2@1.27.1 libxmljs2@0.37.0 zstd-napi@0.0.13',
    NODE_ABSENT,
  ),
  ...broken('whole', NODE, 'windows', 'sharp@0.34.5 @swc/core@1.16.22', NODE_PLATFORM),
  ...broken('whole', NODE, 'arm64', 'sharp@0.33.5 lightningcss@1.33.0 rollup@4.68.3', NODE_PLATFORM),
  ...broken('whole', NODE, 'musl', '@swc/core@1.16.22 @napi-rs/canvas@1.1.1 snappy@7.4.3', NODE_PLATFORM),
]

function healthy(part: Artifact['part'], runtime: RuntimeName, variant: string, requirements: string): Artifact[] {
  return artifacts(part, runtime, variant, requirements, 'healthy')
}

function broken(
  part: Artifact['part'],
  runtime: RuntimeName,
  variant: string,
  requirements: string,
  rules: readonly [string, ...string[]],
): Artifact[] {
  return artifacts(part, runtime, variant, requirements, rules)
}

function artifacts(
  part: Artifact['part'],
  runtime: RuntimeName,
  variant: string,
  requirements: string,
  expected: Artifact['expected'],
): Artifact[] {
  return requirements.split(' ').map((requirement) => {
    const install = installsOf(pinned(requirement), runtime).find((one) => one.variant === variant)
    if (install === undefined) throw new Error(`${RUNTIMES[runtime].name} has no variant ${variant}`)
    return { install, part, expected }
  })
}

/** The row of a package with this version of it. */
function pinned(requirement: string): CorpusPackage {
  const name = requirement.replace(/(?:==|(?<=.)@)[\w.]+$/, '')
  const row = [...PYTHON_PACKAGES, ...NPM_PACKAGES].find((one) => one.requirement === name)
  if (row === undefined) throw new Error(`no package ${name}`)
  return { ...row, requirement }
}
