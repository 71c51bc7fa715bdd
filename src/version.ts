/** Version of this action; equal to package.json's (tested). */
export const VERSION = '0.1.0'
