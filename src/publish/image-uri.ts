import type { ImagePublication } from '../report/report.ts'

/** What a function is given: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app@sha256:…` (contract §4.2). */
export function imageUri({ repositoryUri, digest }: ImagePublication): string {
  return `${repositoryUri}@${digest}`
}
