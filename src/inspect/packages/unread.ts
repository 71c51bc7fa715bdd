/** Ends the reading of one package database; never leaves this folder. */
export class Unread extends Error {}

/**
 * Counts bytes that are interpreted. Entries of a hostile database may overlap, so that a small file describes
 * gigabytes; those of a real one never come to more than the file holds.
 */
export function budget(size: number): (bytes: number) => void {
  let left = size
  return (bytes) => {
    left -= bytes
    if (left < 0) throw new Unread('its entries describe more than the file holds')
  }
}
