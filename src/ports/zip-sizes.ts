/** Zips that Lambda hands out by presigned links. */
export interface ZipSizes {
  /** Bytes that the zip takes unpacked, from its list of entries alone. Rejects with an Error that says why not; it never names the link. */
  unzipped(url: string): Promise<number>
}
