/** What `AWS::…` names stand for. Absent members are not known, and an error where they are needed. */
export type PseudoValues = Readonly<Partial<Record<PseudoName, string>>>

export const PSEUDO_NAMES = [
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
] as const
export type PseudoName = (typeof PSEUDO_NAMES)[number]

// AWS's endpoint rule sets: partitions by the beginning of their regions' names.
const PARTITIONS = [
  { prefix: 'cn-', partition: 'aws-cn', suffix: 'amazonaws.com.cn' },
  { prefix: 'us-gov-', partition: 'aws-us-gov', suffix: 'amazonaws.com' },
  { prefix: 'us-iso-', partition: 'aws-iso', suffix: 'c2s.ic.gov' },
  { prefix: 'us-isob-', partition: 'aws-iso-b', suffix: 'sc2s.sgov.gov' },
  { prefix: 'eu-isoe-', partition: 'aws-iso-e', suffix: 'cloud.adc-e.uk' },
  { prefix: 'us-isof-', partition: 'aws-iso-f', suffix: 'csp.hci.ic.gov' },
  { prefix: 'eusc-', partition: 'aws-eusc', suffix: 'amazonaws.eu' },
] as const

/** Known so far; `given`, lines of `template-parameters`, come before everything else. Partition and suffix follow the region. */
export function pseudoValues(
  known: { readonly region?: string | undefined; readonly account?: string | undefined },
  given: Readonly<Record<string, string>>,
): PseudoValues {
  const region = given['AWS::Region'] ?? known.region
  const row = PARTITIONS.find(({ prefix }) => region?.startsWith(prefix))
  const derived: PseudoValues = {
    ...(known.account === undefined ? {} : { 'AWS::AccountId': known.account }),
    ...(region === undefined
      ? {}
      : {
          'AWS::Region': region,
          'AWS::Partition': row?.partition ?? 'aws',
          'AWS::URLSuffix': row?.suffix ?? 'amazonaws.com',
        }),
  }
  const own = PSEUDO_NAMES.flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name] ?? '']] : []))
  return { ...derived, ...Object.fromEntries(own) }
}
