import type { Evidence } from '../../inspect/evidence.ts'
import type { FileFacts } from '../../inspect/fact-readers.ts'
import type { RuleId } from '../catalogue.ts'
import type { NotChecked } from '../check.ts'

/** Rules that see less than there is when a reader failed on a file. */
const RULES: Readonly<Record<keyof FileFacts, readonly RuleId[]>> = {
  python: ['python-extension-tag', 'python-wheel-tag', 'python-record', 'missing-library', 'symbol-version'],
  node: ['node-platform-package', 'node-prebuild', 'node-abi', 'node-napi', 'node-engines', 'prisma-engine'],
  java: ['java-class-version', 'java-native'],
  ruby: ['ruby-layout'],
  dotnet: ['dotnet-runtime'],
  foreign: ['foreign-binary', 'corrupt-binary'],
  packages: ['package-drift'],
  loader: ['missing-library', 'symbol-version'],
  clients: ['runtime-interface-client'],
}

/** Says of every rule that lacks facts for a defect of ours that it did not check all. */
export function readerDefects({ partial }: Evidence): readonly NotChecked[] {
  return partial.flatMap((one) => {
    if (one.of !== 'reader') return []
    const reason = `a defect of lambda-parity, please report it: ${one.path}: ${one.why}`
    return RULES[one.reader].map((rule) => ({ rule, reason }))
  })
}
