/** Names of distributions are compared like this (PEP 503): `Typing_Extensions` is `typing-extensions`. */
export function normalisedName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
}
