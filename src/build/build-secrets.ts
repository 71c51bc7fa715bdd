import type { BuildSource } from '../plan/plan.ts'

/** Shorter lines of a secret are too common to be looked for: a brace, a word of JSON. */
const SHORTEST_LINE = 6
const SHORTEST_CONCEALED = 4

/**
 * Texts that must not be shown: what is concealed, and the values of secrets that are known here (not those of files, which only the builder
 * reads), whole and line by line, longest first.
 */
export function secretTexts(
  { secrets, concealed = [] }: Pick<BuildSource, 'secrets' | 'concealed'>,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const values = secrets.map((secret) => {
    if ('value' in secret) return secret.value
    return 'environmentVariable' in secret ? (environment[secret.environmentVariable] ?? '') : ''
  })
  // Of a concealed value nobody has said that it is one secret word: a short one would blank out ordinary text.
  const all = [...values, ...concealed.filter((text) => text.length >= SHORTEST_CONCEALED)]
  const lines = all.flatMap((value) => value.split(/\r?\n/).filter((line) => line.trim().length >= SHORTEST_LINE))
  return [...new Set([...all, ...lines])]
    .filter((text) => text.trim() !== '')
    .sort((one, other) => other.length - one.length)
}

/** `text` with every one of `secrets` replaced by ***. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
}
