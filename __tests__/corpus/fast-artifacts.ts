import {
  type Artifact,
  BROKEN_FILE,
  bootstrap,
  broken,
  GONE,
  healthy,
  LIBC,
  NODE,
  NODE_ABSENT,
  NODE_PLATFORM,
  PROCESSOR,
  PYTHON,
  SYSTEM,
  TAG,
} from './artifact.ts'

/** Small ones, tried on every change: each way to break a layer once, and breakage that its package does without. */
export const FAST_ARTIFACTS: readonly Artifact[] = [
  ...healthy(PYTHON, 'right', 'orjson==3.13.0 bcrypt==5.0.0 psycopg2-binary==2.9.13'),
  // Their speed-ups do not load, and the packages do without.
  ...healthy(PYTHON, 'py3.12', 'markupsafe==3.0.4'),
  ...healthy(PYTHON, 'largest-deleted', 'msgpack==1.2.4'),
  ...broken(PYTHON, 'py3.12', 'orjson==3.13.0', TAG),
  ...broken(PYTHON, 'musl', 'orjson==3.13.0', LIBC),
  ...broken(PYTHON, 'arm64', 'orjson==3.13.0', PROCESSOR),
  ...broken(PYTHON, 'mac-arm64', 'rpds-py==2026.9.1', SYSTEM),
  ...broken(PYTHON, 'largest-deleted', 'rpds-py==2026.9.1', GONE),
  ...broken(PYTHON, 'largest-git-lfs', 'bcrypt==5.0.0', BROKEN_FILE),
  ...broken(PYTHON, 'private-libraries-deleted', 'psycopg2-binary==2.9.13', ['missing-library']),
  ...broken(PYTHON, 'right', 'python-magic==0.4.27', ['missing-library']),
  ...healthy(NODE, 'right', 'bcrypt@6.0.0 snappy@7.4.3 @node-rs/crc32@1.10.8'),
  // A broken file for another system, and a binary that JavaScript stands in for.
  ...healthy(NODE, 'largest-halved', 'bcrypt@6.0.0'),
  ...healthy(NODE, 'prebuilds-pruned', 'bufferutil@4.1.0'),
  ...broken(NODE, 'musl', 'snappy@7.4.3', NODE_PLATFORM),
  ...broken(NODE, 'mac-arm64', '@node-rs/crc32@1.10.8', NODE_PLATFORM),
  ...broken(NODE, 'no-optional', 'snappy@7.4.3', NODE_PLATFORM),
  // The package's own rule says it: its addon is there, and damaged.
  ...broken(NODE, 'largest-halved', 'snappy@7.4.3', [...BROKEN_FILE, 'node-prebuild']),
  ...broken(NODE, 'prebuilds-pruned', 'bcrypt@6.0.0', NODE_ABSENT),
  ...broken(NODE, 'right', 'bcrypt@5.1.1', NODE_ABSENT),
  bootstrap('provided.al2', 'c', 'statically', 'healthy'),
  bootstrap('provided.al2', 'c', 'dynamically', ['symbol-version']),
]
