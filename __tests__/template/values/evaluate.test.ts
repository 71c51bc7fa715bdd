import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../../src/template/document/parse-template.ts'
import { child } from '../../../src/template/document/template-node.ts'
import { evaluate } from '../../../src/template/values/evaluate.ts'
import type { Evaluated } from '../../../src/template/values/evaluated.ts'
import { pseudoValues } from '../../../src/template/values/pseudo-parameters.ts'
import { asWritten, templateScope } from '../../../src/template/values/scope.ts'

const SECTIONS = `
Parameters:
  Stage: { Type: String, Default: dev }
  Hosts: { Type: CommaDelimitedList, Default: "a, b" }
  Missing: { Type: String }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [!Condition IsDev]
  Unknown: !Equals [!Ref Missing, x]
  Both: !And [!Condition IsProd, !Condition Unknown]
  Either: !Or [!Condition IsDev, !Condition Unknown]
  Circle: !Not [!Condition Circle]
  True: !Equals [true, "true"]
  NoneOf: !Or [!Condition IsProd, !Equals [a, b]]
  AllOf: !And [!Condition IsDev, !Equals [a, a]]
Mappings:
  Map: { dev: { Size: 1, Loop: !FindInMap [Map, dev, Loop] } }
Resources:
  Bucket: { Type: AWS::S3::Bucket }
`

function value(text: string, region = 'eu-west-1', written = false): Evaluated {
  const parsed = parseTemplate(`${SECTIONS}Value: ${text}\n`)
  if (!('root' in parsed)) throw new Error(JSON.stringify(parsed.faults))
  const node = child(parsed.root, 'Value')
  if (node === undefined) throw new Error('no value')
  const scope = templateScope(parsed.root, {}, pseudoValues({ region }, {}))
  return evaluate(node, written ? asWritten(scope) : scope)
}

const why = (result: Evaluated) =>
  'unknown' in result ? result.unknown.map((one) => `${one.what} ${one.why}`) : result

describe('values', () => {
  it.each([
    ['!Ref Stage', 'dev'],
    ['!Ref Hosts', ['a', 'b']],
    ['!Ref AWS::Region', 'eu-west-1'],
    ['!Sub "${Stage}.${AWS::URLSuffix}"', 'dev.amazonaws.com'],
    ['!Sub "${!Stage}"', '${Stage}'],
    ['!Sub ["${A}", {A: !Ref Stage}]', 'dev'],
    ['!Join ["-", [a, 1, !Ref Stage]]', 'a-1-dev'],
    ['!Join ["-", !Ref Hosts]', 'a-b'],
    ['!Split [",", "a,b"]', ['a', 'b']],
    ['!Select [1, [!Ref Missing, chosen]]', 'chosen'],
    ['!Select [0, !Split ["-", !Sub "${Stage}-x"]]', 'dev'],
    ['!If [IsDev, yes-dev, !Ref Missing]', 'yes-dev'],
    ['!If [Both, !Ref Missing, no]', false],
    ['!If [Either, either, !Ref Missing]', 'either'],
    ['!If [Unknown, same, same]', 'same'],
    ['!If ["True", a, b]', 'a'],
    ['!If [NoneOf, a, b]', 'b'],
    ['!If [AllOf, a, b]', 'a'],
    ['!If [IsProd, a, b]', 'b'],
    ['!FindInMap [Map, !Ref Stage, Size]', 1],
    ['!FindInMap [Map, prod, Size, {DefaultValue: 7}]', 7],
    ['{Ref: Stage}', 'dev'],
    ['{Fn::Sub: "${Stage}"}', 'dev'],
    ['[1, !Ref AWS::NoValue, 2]', [1, 2]],
    ['{a: !Ref AWS::NoValue, b: 1}', { b: 1 }],
    ['{Ref: Stage, other: 1}', { Ref: 'Stage', other: 1 }],
  ])('%s', (text, expected) => expect(value(text)).toEqual({ value: expected }))

  it.each([
    ['!Ref Missing', /the parameter `Missing` has no default/],
    ['!Ref Nothing', /`Nothing` is neither a parameter nor a resource/],
    ['!Ref Bucket', /the resource `Bucket` is known once/],
    ['!GetAtt Bucket.Arn', /an attribute of the resource `Bucket`/],
    ['!Sub "${Bucket.Arn}"', /an attribute of the resource `Bucket`/],
    ['!Sub "${Hosts}"', /is a list, which cannot stand in a text/],
    ['!ImportValue x', /`Fn::ImportValue` is not resolved/],
    ['!Nonsense x', /`Fn::Nonsense` is not resolved/],
    ['"{{resolve:ssm:/a}}"', /dynamic reference/],
    ['!Sub "x{{resolve:ssm:/${Stage}}}"', /dynamic reference/],
    ['!If [Unknown, a, b]', /the parameter `Missing`/],
    ['!If [Circle, a, b]', /the condition `Circle` depends on itself/],
    ['!If [Nowhere, a, b]', /the condition `Nowhere` is not in the template/],
    ['!FindInMap [Map, prod, Size]', /the mapping `Map` has no `prod` with `Size`/],
    ['!FindInMap [Nowhere, a, b]', /the mapping `Nowhere` is not in the template/],
    ['!FindInMap [Map, dev, Loop]', /refers to itself/],
    ['!Select [9, [a]]', /element 9 of the list does not exist/],
    ['!Join [a]', /is not written as/],
    ['!Ref AWS::AccountId', /`AWS::AccountId` is not known: neither `registry-id` nor/],
  ])('%s cannot be told', (text, message) => {
    expect(why(value(text))).toEqual([expect.stringMatching(message)])
  })

  it('names every reason once', () => {
    expect(why(value('!Sub "${Missing}${Bucket}${Missing}"'))).toHaveLength(2)
  })

  it('keeps scalars as they are written where they are passed on', () => {
    expect(value('[1.10, yes, 0755, "x"]', 'eu-west-1', true)).toEqual({ value: ['1.10', 'yes', '0755', 'x'] })
  })

  it.each([
    ['cn-north-1', 'aws-cn amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov amazonaws.com'],
    ['us-isob-east-1', 'aws-iso-b sc2s.sgov.gov'],
    ['eu-central-1', 'aws amazonaws.com'],
  ])('partition and suffix follow from %s', (region, expected) => {
    expect(value('!Sub "${AWS::Partition} ${AWS::URLSuffix}"', region)).toEqual({ value: expected })
  })
})

it('bounds what aliases and functions make of a small text', () => {
  const doubling = Array.from(
    { length: 60 },
    (_, level) => `l${level + 1}: &l${level + 1} !Join ["", [*l${level}, *l${level}]]`,
  )
  const parsed = parseTemplate(['l0: &l0 xxxxxxxxxx', ...doubling, 'Value: *l60'].join('\n'))
  if (!('root' in parsed)) throw new Error(JSON.stringify(parsed.faults))
  const node = child(parsed.root, 'Value')
  expect(node && why(evaluate(node, templateScope(parsed.root, {}, {})))).toEqual([
    expect.stringMatching(/grows too large|longer than/),
  ])
})
