import type { Subject } from '../../src/checks/check.ts'
import type { JavaJar } from '../../src/inspect/java/java-file.ts'
import { makeEvidence, makeFile, makeImageFacts } from './evidence.ts'
import { makeJavaSubject } from './java.ts'

/** An image of java17 with these jars and files, started by AWS's entry script with this handler. */
export function makeJavaImage(handler: string, jars: readonly JavaJar[], paths: readonly string[] = []): Subject {
  const subject = makeJavaSubject(jars)
  const { files } = subject.artifact
  return {
    ...subject,
    artifact: makeEvidence({
      ...subject.artifact,
      files: [...files, ...paths.map((path) => makeFile(path))],
      image: makeImageFacts({ command: [handler] }),
    }),
  }
}
