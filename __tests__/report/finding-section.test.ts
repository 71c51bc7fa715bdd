import { expect, it } from 'vitest'
import { findingSection } from '../../src/report/finding-section.ts'
import { makeFinding } from '../builders/report.ts'

const PLACES = ['/opt/python/pyarrow (117.9 MB)', '/opt/python/pandas/tests (33.4 MB)']

it('does not say twice what is in the way: once as found, once in the fix', () => {
  const finding = { ...makeFinding(), count: 2, examples: PLACES }
  expect(findingSection({ ...finding, help: 'Leave out what nobody needs.' }, 'x')).toContain(
    `- found: \`${PLACES[0]}\``,
  )
  expect(findingSection({ ...finding, help: `The largest:\n${PLACES.join('\n')}` }, 'x')).not.toContain('- found')
})

it('calls what is absent missing, not found', () => {
  const finding = { ...makeFinding(), count: 2, examples: PLACES, actual: '2 absent' }
  expect(findingSection(finding, 'x')).toContain('- missing: ')
})
