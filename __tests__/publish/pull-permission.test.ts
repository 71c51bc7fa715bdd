import { describe, expect, it } from 'vitest'
import { policyStatements } from '../../src/publish/preflight/policy-document.ts'
import { accountMayPull, serviceMayPull } from '../../src/publish/preflight/pull-permission.ts'
import { OWN_STATEMENT } from '../builders/repository-facts.ts'

const puller = { account: '222222222222', region: 'eu-west-1', functionName: 'get-customer' }
const says = (...statements: readonly object[]) =>
  serviceMayPull(policyStatements(JSON.stringify({ Statement: statements })), puller).says

describe("whether Lambda's service may pull", () => {
  it.each([
    ['its own statement', {}, 'granted'],
    ['one action as a text', { Action: 'ecr:*' }, 'granted'],
    ['everybody', { Principal: '*' }, 'granted'],
    ['half of the actions', { Action: 'ecr:BatchGetImage' }, 'absent'],
    ['another service', { Principal: { Service: 'ecs.amazonaws.com' } }, 'absent'],
    ['an account only', { Principal: { AWS: '222222222222' } }, 'absent'],
    ['this account’s functions', { Condition: { StringEquals: { 'AWS:SourceAccount': '222222222222' } } }, 'granted'],
    ['another account’s functions', { Condition: { StringEquals: { 'aws:SourceAccount': '333333333333' } } }, 'absent'],
    [
      'functions by a pattern',
      { Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:222222222222:function:get-*' } } },
      'granted',
    ],
    [
      'functions of another region',
      { Condition: { StringLike: { 'aws:sourceARN': 'arn:aws:lambda:us-east-1:222222222222:function:*' } } },
      'absent',
    ],
    ['a condition of another kind', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, 'conditional'],
    ['all but one principal', { Principal: undefined, NotPrincipal: { AWS: '*' } }, 'conditional'],
  ])('%s: %j', (_, changed, expected) => {
    expect(says({ ...OWN_STATEMENT, ...changed })).toBe(expected)
  })

  it('a Deny of one action outweighs every Allow; one with a condition leaves it open', () => {
    const deny = { Effect: 'Deny', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'ecr:Get*' }
    expect(says(OWN_STATEMENT, deny)).toBe('denied')
    expect(says(OWN_STATEMENT, { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe(
      'conditional',
    )
  })
})

it.each([
  ['222222222222', 'granted'],
  ['arn:aws-cn:iam::222222222222:role/deploy', 'granted'],
  ['arn:aws:iam::333333333333:root', 'absent'],
])('whether somebody of the account may: %s', (AWS, expected) => {
  const policy = JSON.stringify({ Statement: { ...OWN_STATEMENT, Principal: { AWS } } })
  expect(accountMayPull(policyStatements(policy), puller).says).toBe(expected)
})

it.each(['{', '[1', '"text"'])('a text that is no policy is a SyntaxError: %s', (text) => {
  expect(() => policyStatements(text)).toThrow(SyntaxError)
})
