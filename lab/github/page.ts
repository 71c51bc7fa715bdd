/** One page of a list, with the `Link` header that tells where the others are (RFC 8288, as GitHub fills it in). */
export function page<T>(items: readonly T[], url: URL): { items: T[]; link?: string } {
  const perPage = Math.min(Math.max(Number(url.searchParams.get('per_page') ?? 30) || 30, 1), 100)
  const number = Math.max(Number(url.searchParams.get('page') ?? 1) || 1, 1)
  const last = Math.max(Math.ceil(items.length / perPage), 1)
  const links: string[] = []
  const add = (relation: string, target: number) => {
    const to = new URL(url)
    to.searchParams.set('page', String(target))
    links.push(`<${to}>; rel="${relation}"`)
  }
  if (number > 1) {
    add('prev', number - 1)
    add('first', 1)
  }
  if (number < last) {
    add('next', number + 1)
    add('last', last)
  }
  const shown = items.slice((number - 1) * perPage, number * perPage)
  return { items: shown, ...(links.length > 0 && { link: links.join(', ') }) }
}
