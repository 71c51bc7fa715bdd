import { expect, it } from 'vitest'
import { historyEntries } from '../../src/inspect/history.ts'

const line = (CreatedBy: string, Comment = 'buildkit.dockerfile.v0') =>
  JSON.stringify({ CreatedBy, Comment, Size: '0B' })

it('turns the answer round: the base comes first', () => {
  const answer = [line('COPY app /var/task # buildkit'), line('', 'Imported from -'), ''].join('\n')
  expect(historyEntries(answer)).toEqual([
    { createdBy: '', comment: 'Imported from -' },
    { createdBy: 'COPY app /var/task # buildkit', comment: 'buildkit.dockerfile.v0' },
  ])
})

it.each([
  ['RUN |2 TOKEN=hunter2 B=c d /bin/sh -c make install # buildkit', 'RUN /bin/sh -c make install # buildkit'],
  ['|1 TOKEN=hunter2 /bin/bash -ec make', 'RUN /bin/bash -ec make'],
  ['RUN |1 TOKEN=hunter2 python setup.py', 'RUN …'],
  ['RUN /bin/sh -c echo |1 # buildkit', 'RUN /bin/sh -c echo |1 # buildkit'],
])('leaves values of build arguments out of %s', (text, expected) => {
  expect(historyEntries(line(text))).toEqual([{ createdBy: expected, comment: 'buildkit.dockerfile.v0' }])
})

it('passes over what is no entry', () => {
  expect(historyEntries('warning\n{"CreatedBy":')).toEqual([])
})
