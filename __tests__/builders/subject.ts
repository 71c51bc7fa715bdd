import type { RuntimeFacts, Subject } from '../../src/checks/check.ts'
import type { Evidence } from '../../src/inspect/evidence.ts'
import { findRuntime } from '../../src/lambda/runtimes.ts'
import { baseElf, baseFiles, makeEvidence, makeImageFacts } from './evidence.ts'
import { makePlan } from './plan.ts'

/** The base image `public.ecr.aws/lambda/nodejs:22`, scanned. */
export function makeRuntimeEvidence(overrides: Partial<Evidence> = {}): Evidence {
  return makeEvidence({
    subject: { reference: 'public.ecr.aws/lambda/nodejs:22', platform: 'linux/amd64' },
    image: makeImageFacts({ id: `sha256:${'b'.repeat(64)}`, command: [] }),
    files: baseFiles(),
    elf: baseElf(),
    ...overrides,
  })
}

/** The runtime column of such an evidence. */
export function makeRuntimeFacts(evidence: Evidence = makeRuntimeEvidence()): RuntimeFacts {
  const runtime = findRuntime('nodejs22.x')
  return {
    reference: evidence.subject.reference,
    ...(runtime === undefined ? {} : { runtime }),
    environment: {
      reference: evidence.subject.reference,
      ...(evidence.os === undefined ? {} : { os: evidence.os }),
      tools: evidence.tools,
      source: 'scanned',
    },
    evidence,
  }
}

/** An image that every rule passes, on the base that it is compared with. */
export function makeSubject(overrides: Partial<Subject> = {}): Subject {
  return { artifact: makeEvidence(), runtimes: [makeRuntimeFacts()], plan: makePlan(), ...overrides }
}
