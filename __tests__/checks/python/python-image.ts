import type { Subject } from '../../../src/checks/check.ts'
import type { Evidence } from '../../../src/inspect/evidence.ts'
import { makeFile, makeImageFacts } from '../../builders/evidence.ts'
import { makePlan } from '../../builders/plan.ts'
import { makePythonLayer, type PythonLayer, SITE } from './python-layer.ts'

type PythonImage = PythonLayer & {
  /** Where all of it lies. */
  readonly folder: string
  readonly workingDirectory?: string
  readonly environment?: Readonly<Record<string, string>>
  /** Files of the image besides. */
  readonly programs?: readonly string[]
}

/** The same as a layer of it, in an image that brings its Python 3.11; by default one of one's own, without Lambda's variables. */
export function makePythonImage({ folder, workingDirectory = folder, ...rest }: PythonImage): Subject {
  const { environment = {}, programs = [], ...layer } = rest
  const { artifact, runtimes, ...subject } = makePythonLayer(layer)
  const [base] = runtimes
  if (base?.evidence === undefined) throw new Error('a layer of tests has a runtime that was read')
  const moved: Evidence = JSON.parse(JSON.stringify(artifact).replaceAll(SITE, folder))
  return {
    ...subject,
    plan: makePlan(),
    artifact: {
      ...base.evidence,
      subject: artifact.subject,
      image: makeImageFacts({ workingDirectory, environment: { PATH: '/var/lang/bin:/usr/bin', ...environment } }),
      files: [...base.evidence.files, ...moved.files, ...programs.map((path) => makeFile(path, { mode: 0o755 }))],
      elf: [...base.evidence.elf, ...moved.elf],
      facts: moved.facts,
    },
    runtimes: [{ reference: base.reference, environment: base.environment, evidence: base.evidence }],
  }
}
