/** One page of a list, and the marker of the next; Lambda gives at most 50 items at once. */
export function page<Item>(
  items: readonly Item[],
  { Marker, MaxItems }: { readonly Marker?: string | undefined; readonly MaxItems?: unknown },
): { readonly shown: Item[]; readonly next: { readonly NextMarker?: string } } {
  const start = Number(Marker ?? 0)
  const end = start + Math.min(Number(MaxItems ?? 50), 50)
  return { shown: items.slice(start, end), next: end < items.length ? { NextMarker: String(end) } : {} }
}
