import type { ScannedRow } from './scanned-row.ts'

// Written by `node scripts/node24.mjs scripts/runtime-rows.ts --write <image>…`.
export const SCANNED_ROWS: readonly ScannedRow[] = []
