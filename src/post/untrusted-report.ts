import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../docs/report.schema.json' with { type: 'json' }
import { ActionError } from '../errors.ts'
import type { Report } from '../report/report.ts'

/** Far above any real report: what is larger was not written by this action. */
const MOST_CHARACTERS = 5_000_000

const ajv = new Ajv2020({ strict: false, validateFormats: false })

/**
 * A report that somebody unknown has written. Strings may hold anything and are escaped when they are rendered; all that
 * is rendered as it is (names of stages, levels, numbers) must be what the schema allows. @throws ActionError `invalid-input`
 */
export function untrustedReport(text: string, path: string): Report {
  const refused = (why: string) =>
    new ActionError('invalid-input', `${path} is no report of this action: ${why}.`, {
      help: 'Upload the file that the output `report-json` names, of a run of the same version of the action.',
    })
  if (text.length > MOST_CHARACTERS) throw refused(`it has more than ${MOST_CHARACTERS} characters`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw refused('it is not JSON')
  }
  const validate = ajv.compile<Report>(schema)
  if (validate(value)) return value
  const [first] = validate.errors ?? []
  throw refused(`${first?.instancePath || 'the document'} ${first?.message}`)
}
