import { expect, it } from 'vitest'
import { withTables } from '../../scripts/readme-tables.ts'

const ACTION = {
  inputs: {
    smoke: { description: 'Invoke it.', default: 'true' },
    timeout: { description: "Seconds, `1|2`. Default the function's, else 30." },
    image: { description: 'A reference.' },
  },
  outputs: { state: { description: 'The state.' } },
}
const README = 'a\n<!-- inputs -->\nold\n<!-- /inputs -->\nb\n<!-- outputs -->\n<!-- /outputs -->\nc\n'

it('writes both tables between their markers', () => {
  expect(withTables(README, ACTION)).toBe(
    [
      'a',
      '<!-- inputs -->',
      '| input | default | meaning |',
      '|---|---|---|',
      '| `smoke` | `true` | Invoke it. |',
      "| `timeout` | the function's, else 30 | Seconds, `1\\|2`. |",
      '| `image` |  | A reference. |',
      '<!-- /inputs -->',
      'b',
      '<!-- outputs -->',
      '| output | meaning |',
      '|---|---|',
      '| `state` | The state. |',
      '<!-- /outputs -->',
      'c',
      '',
    ].join('\n'),
  )
})

it('changes nothing the second time', () => {
  const once = withTables(README, ACTION)
  expect(withTables(once, ACTION)).toBe(once)
})

it('says which markers are missing', () => {
  expect(() => withTables('no markers', ACTION)).toThrow('<!-- inputs -->')
})
