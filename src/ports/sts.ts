/** AWS Security Token Service. */
export interface Sts {
  /** Who calls AWS. Rejects with access-denied when the credentials are refused. */
  callerIdentity(): Promise<{ readonly account: string; readonly arn: string }>
}
