/** PublishLayerVersion, Description. */
const LONGEST = 256
const DIGITS = 16
const MARKER = new RegExp(`(?:^| )\\[content:([0-9a-f]{${DIGITS}})\\]$`)

/**
 * The description as it is published: with ` [content:<first 16 digits of the fingerprint>]` at its end where there is room
 * (contract §4.9), so that a later run knows the content whatever zlib packed it.
 */
export function markedDescription(description: string, fingerprint: string | undefined): string {
  if (fingerprint === undefined) return description
  const marked = `${description} [content:${fingerprint.slice(0, DIGITS)}]`
  return marked.length <= LONGEST ? marked : description
}

/** What a published description says of the content, and what is left of it. */
export function readDescription(description: string): { readonly text: string; readonly content?: string } {
  const [marker, content] = MARKER.exec(description) ?? []
  if (marker === undefined || content === undefined) return { text: description }
  return { text: description.slice(0, -marker.length), content }
}

/** Whether the description names this content. */
export function namesContent(description: string, fingerprint: string | undefined): boolean {
  return fingerprint !== undefined && readDescription(description).content === fingerprint.slice(0, DIGITS)
}
