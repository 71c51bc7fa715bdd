import { expect, it } from 'vitest'
import { pullStatements, withPullAccess } from '../../src/publish/pull-access.ts'

const access = { accounts: ['111122223333'], region: 'eu-west-1', partition: 'aws' }
const both = { ...access, accounts: ['111122223333', '444455556666'] }

const SAME_ACCOUNT = {
  Sid: 'LambdaECRImageRetrievalPolicy',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  Condition: { StringLike: { 'aws:sourceArn': 'arn:aws:lambda:eu-west-1:123456789012:function:*' } },
}

function policyOf(...statements: readonly object[]): string {
  return JSON.stringify({ Version: '2008-10-17', Statement: statements })
}

function statementsOf(policyText: string | undefined): { Sid: string }[] {
  return JSON.parse(policyText ?? '').Statement
}

it('is the two statements that AWS documents', () => {
  expect(pullStatements(access)).toEqual([
    {
      Sid: 'CrossAccountPermission',
      Effect: 'Allow',
      Principal: { AWS: ['arn:aws:iam::111122223333:root'] },
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    },
    {
      Sid: 'LambdaECRImageCrossAccountRetrievalPolicy',
      Effect: 'Allow',
      Principal: { Service: 'lambda.amazonaws.com' },
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Condition: { StringLike: { 'aws:sourceARN': ['arn:aws:lambda:eu-west-1:111122223333:function:*'] } },
    },
  ])
})

it('writes ARNs of the partition', () => {
  const text = JSON.stringify(pullStatements({ ...access, region: 'cn-north-1', partition: 'aws-cn' }))
  expect(text).toContain('arn:aws-cn:iam::111122223333:root')
  expect(text).toContain('arn:aws-cn:lambda:cn-north-1:111122223333:function:*')
})

it('makes a policy where there is none', () => {
  const made = withPullAccess(undefined, access)
  expect(JSON.parse(made?.policyText ?? '')).toEqual({ Version: '2012-10-17', Statement: pullStatements(access) })
  expect(made?.added).toEqual(['111122223333'])
})

it('keeps version, order and content of statements that are not ours', () => {
  const merged = withPullAccess(policyOf(SAME_ACCOUNT), access)
  expect(JSON.parse(merged?.policyText ?? '')).toEqual({
    Version: '2008-10-17',
    Statement: [SAME_ACCOUNT, ...pullStatements(access)],
  })
})

it('adds an account to the statements that are there', () => {
  const merged = withPullAccess(policyOf(...pullStatements(access)), {
    ...access,
    accounts: ['444455556666'],
  })
  expect(merged?.added).toEqual(['444455556666'])
  expect(statementsOf(merged?.policyText)).toEqual(pullStatements(both))
})

it.each([
  ['as written here', policyOf(SAME_ACCOUNT, ...pullStatements(both))],
  [
    'by hand: one statement value instead of lists, other operator, other case of the key',
    policyOf(
      {
        Sid: 'CrossAccountPermission',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: ['ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
      },
      {
        Sid: 'LambdaECRImageCrossAccountRetrievalPolicy',
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:eu-west-1:111122223333:function:*' } },
      },
    ),
  ],
])('writes nothing when access is granted already, %s', (_how, policyText) => {
  expect(withPullAccess(policyText, access)).toBeUndefined()
})

it('does not take a narrowed statement of the same name for its own, and is idempotent beside it', () => {
  const [first, second] = pullStatements(access)
  const narrowed = { ...first, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }
  const oneFunction = {
    ...second,
    Condition: { StringLike: { 'aws:sourceARN': 'arn:aws:lambda:eu-west-1:111122223333:function:one' } },
  }
  const merged = withPullAccess(policyOf(narrowed, oneFunction), access)
  expect(statementsOf(merged?.policyText).slice(0, 2)).toEqual([narrowed, oneFunction])
  expect(statementsOf(merged?.policyText).map(({ Sid }) => Sid)).toEqual([
    'CrossAccountPermission',
    'LambdaECRImageCrossAccountRetrievalPolicy',
    'CrossAccountPermission2',
    'LambdaECRImageCrossAccountRetrievalPolicy2',
  ])
  expect(withPullAccess(merged?.policyText, access)).toBeUndefined()
})

it.each([
  ['a denial', { Effect: 'Deny' }],
  ['more actions', { Action: ['ecr:*'] }],
  ['everybody', { Principal: '*' }],
  ['one role', { Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' } }],
])('leaves %s under the same name alone', (_what, change) => {
  const [first, second] = pullStatements(access)
  const merged = withPullAccess(policyOf({ ...first, ...change }, { ...second }), access)
  expect(statementsOf(merged?.policyText)[0]).toEqual({ ...first, ...change })
  expect(merged?.added).toEqual(['111122223333'])
})

it('takes a policy with one statement that is no list', () => {
  const merged = withPullAccess(JSON.stringify({ Statement: SAME_ACCOUNT }), access)
  expect(statementsOf(merged?.policyText)[0]).toEqual(SAME_ACCOUNT)
})

it('throws on a text that is no policy', () => {
  expect(() => withPullAccess('"text"', access)).toThrow(SyntaxError)
})
