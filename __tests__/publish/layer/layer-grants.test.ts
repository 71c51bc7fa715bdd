import { describe, expect, it } from 'vitest'
import { grantFor, readPolicy } from '../../../src/publish/layer/layer-grants.ts'
import { accountStatement, policyText } from '../../builders/layer-publication.ts'

const ORGANIZATION = {
  Sid: 'o',
  Effect: 'Allow',
  Principal: '*',
  Action: 'lambda:GetLayerVersion',
  Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
}

describe('grantFor', () => {
  it.each([
    ['210987654321', { statementId: 'lambda-parity-210987654321', principal: '210987654321' }],
    ['*', { statementId: 'lambda-parity-everyone', principal: '*' }],
    [
      `org:o-${'a'.repeat(32)}`,
      { statementId: `lambda-parity-o-${'a'.repeat(32)}`, principal: '*', organizationId: `o-${'a'.repeat(32)}` },
    ],
  ])('%s', (sharee, grant) => {
    expect(grantFor(sharee)).toEqual(grant)
    expect(grant.statementId).toMatch(/^[a-zA-Z0-9-_]{1,100}$/)
  })
})

describe('readPolicy', () => {
  it('finds who may use a version, whoever wrote the statement', () => {
    const chinese = {
      ...accountStatement('111111111111', 'x'),
      Principal: { AWS: 'arn:aws-cn:iam::111111111111:root' },
    }
    const all = { ...ORGANIZATION, Sid: 'all', Condition: undefined, Principal: { AWS: '*' } }
    expect(readPolicy(policyText(accountStatement('210987654321'), chinese, ORGANIZATION, all))).toEqual({
      sharees: ['210987654321', '111111111111', 'org:o-a1b2c3d4e5', '*'],
      statementIds: ['lambda-parity-210987654321', 'x', 'o', 'all'],
      others: [],
    })
  })

  it('takes a statement of another shape for none of ours, and names it', () => {
    const strange = [
      { ...ORGANIZATION, Sid: 'narrower', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } },
      { ...ORGANIZATION, Sid: 'two', Condition: { ...ORGANIZATION.Condition, Bool: {} } },
      { ...ORGANIZATION, Sid: 'denied', Effect: 'Deny' },
      { ...accountStatement('1'), Sid: 'role', Principal: { AWS: 'arn:aws:iam::210987654321:role/r' } },
    ]
    const read = readPolicy(policyText(...strange))
    expect([read.sharees, read.others]).toEqual([[], ['narrower', 'two', 'denied', 'role']])
  })

  it('of no policy, and of a single statement that is no list', () => {
    expect(readPolicy(undefined)).toEqual({ sharees: [], statementIds: [], others: [] })
    expect(readPolicy(JSON.stringify({ Statement: accountStatement('210987654321') })).sharees).toEqual([
      '210987654321',
    ])
    expect(() => readPolicy('{')).toThrow(SyntaxError)
  })
})
