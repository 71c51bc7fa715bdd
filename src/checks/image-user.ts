import type { Check } from './check.ts'
import { baseOfImage } from './facts/base-of-image.ts'
import { code } from './facts/wording.ts'

export const imageUser: Check = {
  id: 'image-user',
  title: 'The image does not count on a user of its own',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const { image } = subject.artifact
    if (image === undefined) return { findings: [], notChecked: 'the configuration of the image was not read' }
    // What the base sets is not for this image to change.
    if (image.user === '' || image.user === baseOfImage(subject)?.image.user) return { findings: [] }
    return {
      findings: [
        {
          rule: 'image-user',
          level: 'note',
          confidence: 'table',
          subject: 'USER',
          message: `USER ${code(image.user)} has no effect: Lambda runs every function as a user of its own without privileges`,
          expected: 'no USER',
          actual: code(image.user),
          help: 'Let everybody read the files instead of owning them by that user.\nCOPY --chmod=755 . /var/task/',
          count: 1,
          examples: [],
        },
      ],
    }
  },
}
